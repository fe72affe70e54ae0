import { platforms } from '../generate/platforms.js'
import { TEST } from './sets.js'

/** What the intervals of every table are, and what they leave out. */
export function intervals(): string[] {
  return [
    '',
    '## Intervals',
    '',
    'All are 95 % (Wilson). Windows of a session are alike, so they count as fewer independent ones: by the design effect that is',
    "estimated from how a row's sessions differ, at least that of the session rule, and never as fewer than its sessions.",
    'Sessions count as independent of each other. Generated ones are, given the generator: their intervals say how sure the figure',
    'is for more traffic of that generator, and nothing of how far it is from real traffic. Sessions that are flows of one',
    'capture, or pieces of one trace, are not: there, the intervals of sessions are too narrow, and how many captures there are',
    'tells more.',
  ]
}

/** Words, no figures: what the tables cannot show. */
export function unknown(): string[] {
  return [
    '',
    '## What is not known',
    '',
    `- How real sessions of ${platforms.map((p) => p.name).join(', ')} are recognised: no public per-packet captures of long sessions exist. The positives here are our generator's, calibrated on published averages; a high score on them proves little.`,
    '- Most real sessions end undecided, for want of windows: that none was called cloud gaming is less than it seems. The only real capture of cloud gaming is a start-up of 1.4 s.',
    '- A meeting with many videos in one flow and little but voice upwards, or a broadcast of 60 frames/s with frequent reports, can look as a game does; the tables say how often. An operator who knows the addresses of the platforms should use them as well.',
    '- Traffic that is shaped like a game to the last packet is called one: a vehicle that sends video and is steered 25 times a second or more, a paced download and an online game inside one tunnel. Sizes and times cannot tell them from a game, only addresses can.',
    `- The generated sessions of the tables are ${TEST.seconds} s long: how often a verdict changes in an hour of play, or of a meeting, was not measured.`,
    '- Somebody who wants what cloud gaming gets can send traffic that looks so: a verdict is no proof of identity.',
    '- A platform unlike those of training may be missed: see the table of platforms left out without the mixed source.',
    '- The real negatives are few, short and old. None is WebRTC live video, remote desktop with moving pictures, or cloud gaming under loss.',
  ]
}
