import { platforms } from '../generate/platforms.js'

/** Words, no figures: what the tables cannot show. */
export function unknown(): string[] {
  return [
    '',
    '## What is not known',
    '',
    `- How real sessions of ${platforms.map((p) => p.name).join(', ')} are recognised: no public per-packet captures of long sessions exist. The positives here are our generator's, calibrated on published averages; a high score on them proves little.`,
    '- Most real sessions end undecided, for want of windows: that none was called cloud gaming is less than it seems. The only real capture of cloud gaming is a start-up of 1.4 s.',
    '- A meeting with many videos in one flow and little but voice upwards, or a broadcast of 60 frames/s with frequent reports, can look as a game does; the tables say how often. An operator who knows the addresses of the platforms should use them as well.',
    '- A platform unlike those of training may be missed: see the table of platforms left out without the mixed source.',
    '- The real negatives are few, short and old. None is WebRTC live video, remote desktop with moving pictures, or cloud gaming under loss.',
  ]
}
