import { applications } from './applications.js'
import { liveVideoSources } from './live-video.js'
import { mixedGaming } from './mixed-gaming.js'
import { mixedOther } from './mixed-other.js'
import { platforms } from './platforms.js'
import type { Source } from './source.js'

/** Everything that can be generated, cloud gaming first. */
export const sources: readonly Source[] = [...platforms, mixedGaming, ...applications, ...liveVideoSources, mixedOther]
