import type { TSchema } from 'typebox'
import { ExplanationRecord } from './analysis/explanation.js'
import { ImpactRecord } from './analysis/impact.js'
import { LabelEntryRecord } from './analysis/label-entry.js'
import { NoPathRecord, PathRecord } from './analysis/path.js'
import { CoverageRecord, RepairRecord } from './analysis/repair.js'
import { AnycastShareRecord } from './analysis/share.js'
import { TraceHopRecord, TraceRecord } from './analysis/trace.js'
import { ClassificationRecord, ReportRecord } from './cloud-gaming/report.js'
import { VerdictRecord } from './cloud-gaming/verdict.js'
import { ErrorRecord } from './envelope/error-record.js'
import { Header } from './envelope/header.js'
import { Summary } from './envelope/summary.js'
import { Sync } from './envelope/sync.js'
import { Withdraw } from './envelope/withdraw.js'
import { AdjacencySidElement } from './plan/adjacency-sid.js'
import { FailoverRecord } from './plan/failover.js'
import { FlexAlgoElement } from './plan/flex-algo.js'
import { LinkAttributesElement } from './plan/link-attributes.js'
import { LoopbackElement } from './plan/loopback.js'
import { PrefixSidElement } from './plan/prefix-sid.js'
import { ProxyEntryElement } from './plan/proxy-entry.js'
import { SegmentRoutingElement } from './plan/segment-routing.js'
import { SrPolicyElement } from './plan/sr-policy.js'
import { Srv6LocatorElement } from './plan/srv6-locator.js'
import { Srv6PolicyElement } from './plan/srv6-policy.js'
import { Srv6ServiceSidElement } from './plan/srv6-service-sid.js'
import { SteeringElement } from './plan/steering.js'
import { SwitchEntryElement } from './plan/switch-entry.js'
import { TiLfaElement } from './plan/ti-lfa.js'
import { ProxyCounterRecord } from './proxy/counter.js'
import { ProxyEventRecord } from './proxy/event.js'
import { ProxyLabelRecord } from './proxy/label.js'
import { ProxyServiceRecord } from './proxy/service.js'
import { ProxySessionRecord } from './proxy/session.js'
import { ChangeRecord } from './result/change.js'
import { DeviceResultRecord } from './result/device-result.js'
import { TransactionRecord } from './result/transaction.js'
import { CheckRecord } from './setup/check.js'
import { SettingRecord } from './setup/setting.js'
import { LinkRecord, StubLinkRecord } from './topology/link.js'
import { NodeRecord } from './topology/node.js'
import { PrefixRecord } from './topology/prefix.js'
import { SessionRecord } from './topology/session.js'
import { SrPolicyPathRecord } from './topology/sr-policy-path.js'
import { Srv6SidRecord } from './topology/srv6-sid.js'
import { UnknownNlriRecord } from './topology/unknown-nlri.js'

const envelope = { header: Header, sync: Sync, withdraw: Withdraw, summary: Summary, error: ErrorRecord }

/** Every stream with the schema of every kind of record in it. */
export const streams = {
  'segchain.topology/1': {
    ...envelope,
    node: NodeRecord,
    link: LinkRecord,
    prefix: PrefixRecord,
    'srv6-sid': Srv6SidRecord,
    'sr-policy-path': SrPolicyPathRecord,
    'stub-link': StubLinkRecord,
    'unknown-nlri': UnknownNlriRecord,
    session: SessionRecord,
  },
  'segchain.plan/1': {
    ...envelope,
    'segment-routing': SegmentRoutingElement,
    loopback: LoopbackElement,
    'prefix-sid': PrefixSidElement,
    'flex-algo': FlexAlgoElement,
    'adjacency-sid': AdjacencySidElement,
    'link-attributes': LinkAttributesElement,
    'ti-lfa': TiLfaElement,
    'sr-policy': SrPolicyElement,
    steering: SteeringElement,
    'proxy-entry': ProxyEntryElement,
    'switch-entry': SwitchEntryElement,
    'srv6-locator': Srv6LocatorElement,
    'srv6-service-sid': Srv6ServiceSidElement,
    'srv6-policy': Srv6PolicyElement,
    failover: FailoverRecord,
  },
  'segchain.result/1': {
    ...envelope,
    change: ChangeRecord,
    'device-result': DeviceResultRecord,
    transaction: TransactionRecord,
  },
  'segchain.analysis/1': {
    ...envelope,
    path: PathRecord,
    'no-path': NoPathRecord,
    trace: TraceRecord,
    'trace-hop': TraceHopRecord,
    impact: ImpactRecord,
    repair: RepairRecord,
    coverage: CoverageRecord,
    'label-entry': LabelEntryRecord,
    explanation: ExplanationRecord,
    'anycast-share': AnycastShareRecord,
  },
  'segchain.report/1': { ...envelope, report: ReportRecord, classification: ClassificationRecord },
  'segchain.proxy/1': {
    ...envelope,
    'proxy-label': ProxyLabelRecord,
    'proxy-service': ProxyServiceRecord,
    'proxy-session': ProxySessionRecord,
    'proxy-counter': ProxyCounterRecord,
    'proxy-event': ProxyEventRecord,
  },
  'segchain.setup/1': { ...envelope, check: CheckRecord, setting: SettingRecord },
  'segchain.verdict/1': { ...envelope, verdict: VerdictRecord },
} as const satisfies Record<string, Record<string, TSchema>>

export type SchemaName = keyof typeof streams
