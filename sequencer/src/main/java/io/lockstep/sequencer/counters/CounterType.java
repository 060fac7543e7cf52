package io.lockstep.sequencer.counters;

/**
 * What a running node counts, readable from other processes. The label is the key in {@code stat --json}.
 */
public enum CounterType
{
    PROCESS_ID("pid"), INCARNATION("incarnation"), INPUTS("inputs"), DECISIONS("decisions"), LAST_SEQUENCE(
        "lastSequence"), SEQUENCED_TIME_NS("sequencedTimeNs"), BATCHES("batches"), ORDERS("orders"), RISK_REJECTS(
            "riskRejects"), TRADING_MODE("tradingMode"), INSTRUMENTS("instruments"), UNKNOWN_INSTRUMENTS(
                "unknownInstruments"), UNKNOWN_ORDERS("unknownOrders"), IMPOSSIBLE_ORDER_EVENTS(
                    "impossibleOrderEvents"), UNCOUNTABLE_EXECUTIONS("uncountableExecutions"), UNCONVERTED_AMOUNTS(
                        "unconvertedAmounts"), REJECTED_MESSAGES("rejectedMessages"), REPEATED_MESSAGES(
                            "repeatedMessages"), SOURCE_GAPS(
                                "sourceGaps"), TIME_BACKWARDS("timeBackwards"), UNACKNOWLEDGED_DECISIONS(
                                    "unacknowledgedDecisions"), TIMERS("timers"), RECOVERED_INPUTS(
                                        "recoveredInputs"), HEARTBEAT_MS("heartbeatMs"), ERRORS(
                                            "errors"), STALLS("stalls"), SNAPSHOTS("snapshots"), SNAPSHOT_SEQUENCE(
                                                "snapshotSequence"), REPEATED_EXECUTIONS(
                                                    "repeatedExecutions"), OPEN_ORDERS("openOrders"), ARCHIVE_LAG_BYTES(
                                                        "archiveLagBytes"), ARCHIVE_LAG_MS(
                                                            "archiveLagMs"), ARCHIVE_FAILURES("archiveFailures"), SHARD(
                                                                "shard"), GATEWAYS("gateways"), SILENT_GATEWAYS(
                                                                    "silentGateways"), VENUE_READY(
                                                                        "venueReady"), REHEARSALS(
                                                                            "rehearsals"), STALE_INSTRUMENTS(
                                                                                "staleInstruments"), STALE_EXPOSED(
                                                                                    "staleExposed"), STALE_EXPOSED_SINCE_MS(
                                                                                        "staleExposedSinceMs"), CONFIGURATION_DIFFERENCES(
                                                                                            "configurationDifferences"), REFUSED_PROOFS(
                                                                                                "refusedProofs");

    private final String label;

    CounterType(final String label)
    {
        this.label = label;
    }

    public String label()
    {
        return label;
    }
}
