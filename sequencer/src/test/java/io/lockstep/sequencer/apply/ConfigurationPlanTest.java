package io.lockstep.sequencer.apply;

import io.lockstep.sequencer.NodeText;
import io.lockstep.sequencer.config.ConfigurationException;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Given what a core has been told, and a configuration: these inputs, and none the second time. */
class ConfigurationPlanTest
{
    private static final String VENUES = """
        venues:
          - {name: SPOT, source: 2}
          - {name: PERP, source: 5, egressBuffer: 512, account: {name: main, type: cash}}
        """;
    private static final String INSTRUMENTS = """
        instruments:
          - {symbol: A, venue: SPOT, tickSize: 1, lotSize: 1, baseCurrency: A, quoteCurrency: USD}
          - {symbol: A, venue: PERP, tickSize: 1, lotSize: 1, baseCurrency: A, quoteCurrency: USD, limits: {maxOpenOrders: 3}}
        """;
    private static final String STRATEGIES = """
        limits: {maxOpenOrders: 7}
        strategies:
          - {name: pair, strategy: spread, legs: [A.SPOT, A.PERP], onFailure: keep,
             parameters: {threshold: 0.5, pause: 2s, mode: passive, hedge: A.PERP}, weight: 2, capital: 1000}
          - {name: ema}
        """;
    private static final String ALL = VENUES + INSTRUMENTS + STRATEGIES;

    private final ToldConfiguration core = new ToldConfiguration();

    private List<ConfigurationChange> changes(final String text)
    {
        return ConfigurationPlan.changes(NodeText.context(text), core, core::codeHash, "jo");
    }

    private List<String> take(final String text)
    {
        final List<ConfigurationChange> changes = changes(text);
        core.take(changes);
        assertThat(changes(text)).as("the second time").isEmpty();
        return core.lines();
    }

    @Test
    void shouldSayAllOfItToANewCore()
    {
        assertThat(take(ALL)).containsExactly(
            "venue 0 VenueContext[name=SPOT, source=2, egressBuffer=65536, inDoubtAfterNs=5000000000, " +
                "account=AccountContext[name=, type=MARGIN, positionMode=NETTING, " +
                "haltOnDifference=true, balanceTolerance=0, positionToleranceLots=0], calendar=null, limits=[], accountLimits=[]]",
            "venue 1 VenueContext[name=PERP, source=5, egressBuffer=512, inDoubtAfterNs=5000000000, " +
                "account=AccountContext[name=main, type=CASH, positionMode=NETTING, " +
                "haltOnDifference=true, balanceTolerance=0, positionToleranceLots=0], calendar=null, limits=[], accountLimits=[]]",
            "source 1..1 FEED -1 feed",
            "source 2..2 ORDER_GATEWAY 0 SPOT",
            "source 5..5 ORDER_GATEWAY 1 PERP",
            "source 768..1023 OPERATOR -1 operators",
            "instrument 0 A.SPOT at 0",
            "instrument 1 A.PERP at 1",
            "limit all MAX_OPEN_ORDERS 7 CONFIGURED jo",
            "limit 1 MAX_OPEN_ORDERS 3 CONFIGURED jo",
            "strategy 1 pair spread [A.SPOT, A.PERP] {" +
                "threshold=RunningParameter[type=DECIMAL, value=0.5, text=], " +
                "pause=RunningParameter[type=DURATION, value=2000000000, text=], " +
                "mode=RunningParameter[type=TEXT, value=0, text=passive], " +
                "hedge=RunningParameter[type=INSTRUMENT, value=1, text=]} keep jo",
            "allocate 1 2 1000 configuration",
            "strategy 2 ema@A.SPOT ema [A.SPOT] {} jo",
            "strategy 3 ema@A.PERP ema [A.PERP] {} jo");
    }

    @Test
    void shouldSayWhatIsBeforeAndAfter()
    {
        take(ALL);

        assertThat(
            changes(ALL.replace("threshold: 0.5", "threshold: 0.50, extra: 1").replace("pause: 2s", "pause: 3s")
                .replace("capital: 1000", "capital: 20")
                .replace("maxOpenOrders: 7", "maxOpenOrders: 8").replace("  - {name: ema}\n", "")
                .replace("limits: {maxOpenOrders: 3}", "orderTickSize: 5")))
            .extracting(ConfigurationChange::toString)
            .containsExactly(
                "instrument A.PERP: order tick 1, order lot 1, venue 1, lockedIsCrossed false, crossedHeal never -> " +
                    "order tick 5, order lot 1, venue 1, lockedIsCrossed false, crossedHeal never",
                "limit maxOpenOrders of all: 7 -> 8",
                "limit maxOpenOrders of A.PERP: 3 -> none",
                "strategy ema@A.SPOT: ema on A.SPOT {} -> none",
                "strategy ema@A.PERP: ema on A.PERP {} -> none",
                "strategy pair: {pause=2000000000ns}, onFailure keep -> {extra=1, pause=3000000000ns}, onFailure keep",
                "allocation pair: weight 2, capital 1000 -> weight 2, capital 20");
    }

    /** At a start the process says what it has loaded; nobody else does. */
    @Test
    void shouldSayTheCodeWhereItIsOther()
    {
        core.take(ConfigurationPlan.changes(NodeText.context(ALL), core, (strategy) -> strategy.length(), ""));
        assertThat(core.lines()).filteredOn((line) -> line.startsWith("strategy")).allMatch(
            (line) -> line.endsWith(line.contains(" spread ") ? " code 6 " : " code 3 "));
        assertThat(changes(ALL)).as("without a start").isEmpty();

        assertThat(ConfigurationPlan.changes(NodeText.context(ALL), core,
            (strategy) -> strategy.equals("spread") ? 255 : 3, "")).extracting(ConfigurationChange::toString)
            .containsExactly("strategy pair: {}, onFailure keep, code 0000000000000006 -> " +
                "{}, onFailure keep, code 00000000000000ff");
        assertThat(take(
            ALL.replace("  - {name: ema}\n", "  - {name: ema}\n  - {name: fast, strategy: ema, legs: [A.SPOT]}\n")))
            .as("a new one of known code").containsExactly("strategy 4 fast ema [A.SPOT] {} code 3 jo");
    }

    @Test
    void shouldSetAndTakeBackLimitsOfEveryScope()
    {
        final String limited = ALL.replace("egressBuffer: 512,", "limits: {maxGrossExposure: 5, maxOpenOrders: 2},\n" +
            "     accountLimits: {balance: 1}, egressBuffer: 512,")
            .replace("limits: {maxOpenOrders: 7}", "limits: {maxOpenOrders: 7, selfTrade: 1}")
            .replace("limits: {maxOpenOrders: 3}", "limits: {maxOpenOrders: 3, priceCollarTicks: 9}")
            .replace("onFailure: keep,", "onFailure: keep, limits: {maxLongPosition: 4}, " +
                "strategyLimits: {maxOrdersPerSecond: 6},");
        take(ALL);

        assertThat(take(limited)).filteredOn((line) -> !line.startsWith("venue")).containsExactly(
            "limit NODE SELF_TRADE 1 CONFIGURED jo",
            "limit INSTRUMENT on 1 PRICE_COLLAR_TICKS 9 CONFIGURED jo",
            "limit VENUE 1 MAX_OPEN_ORDERS 2 CONFIGURED jo",
            "limit VENUE 1 MAX_GROSS_EXPOSURE 5 CONFIGURED jo",
            "limit ACCOUNT 1 BALANCE 1 CONFIGURED jo",
            "limit STRATEGY 1 MAX_ORDERS_PER_SECOND 6 CONFIGURED jo",
            "limit LEG 1 on 0 MAX_LONG_POSITION 4 CONFIGURED jo",
            "limit LEG 1 on 1 MAX_LONG_POSITION 4 CONFIGURED jo");
        assertThat(changes(limited.replace("maxGrossExposure: 5", "maxGrossExposure: 6")))
            .extracting(ConfigurationChange::toString)
            .containsExactly("limit maxGrossExposure of venue PERP: 5 -> 6");
        assertThat(take(ALL)).containsExactly("no limit LEG 1 on 0 MAX_LONG_POSITION",
            "no limit LEG 1 on 1 MAX_LONG_POSITION", "no limit STRATEGY 1 MAX_ORDERS_PER_SECOND",
            "no limit INSTRUMENT on 1 PRICE_COLLAR_TICKS", "no limit VENUE 1 MAX_OPEN_ORDERS",
            "no limit VENUE 1 MAX_GROSS_EXPOSURE", "no limit ACCOUNT 1 BALANCE", "no limit NODE SELF_TRADE");
    }

    @Test
    void shouldDefineBreakersBehindTheirStrategies()
    {
        final String breakers = """
            breakers:
              - {scope: strategy, of: ema@A.PERP, cause: consecutive-losses, threshold: 3, coolDown: 1m}
              - {scope: venue, of: PERP, cause: reject-rate, threshold: 5, window: 10s, coolDown: 30s}
              - {scope: instrument, of: A.PERP, cause: slippage, threshold: 2.5, fills: 20, coolDown: 30s}
              - {scope: node, cause: drawdown, threshold: 1000, currency: USD, coolDown: 1h}
            """;
        assertThat(take(ALL + breakers)).endsWith(
            "breaker STRATEGY 3 CONSECUTIVE_LOSSES BreakerTerms[threshold=3, windowFills=0, windowNs=0, " +
                "coolDownNs=60000000000, currency=]",
            "breaker VENUE 1 REJECT_RATE BreakerTerms[threshold=5, windowFills=0, windowNs=10000000000, " +
                "coolDownNs=30000000000, currency=]",
            "breaker INSTRUMENT 1 SLIPPAGE BreakerTerms[threshold=2.5, windowFills=20, windowNs=0, " +
                "coolDownNs=30000000000, currency=]",
            "breaker NODE 0 DRAWDOWN BreakerTerms[threshold=1000, windowFills=0, windowNs=0, " +
                "coolDownNs=3600000000000, currency=USD]");

        assertThat(changes(ALL + breakers.replace("threshold: 5", "threshold: 6")))
            .extracting(ConfigurationChange::toString).containsExactly("breaker venue PERP reject-rate: " +
                "threshold 5, window 10000000000ns, coolDown 30000000000ns -> " +
                "threshold 6, window 10000000000ns, coolDown 30000000000ns");
        assertThat(take(ALL)).containsExactlyInAnyOrder("no breaker STRATEGY 3 CONSECUTIVE_LOSSES",
            "no breaker VENUE 1 REJECT_RATE", "no breaker INSTRUMENT 1 SLIPPAGE", "no breaker NODE 0 DRAWDOWN");
    }

    @Test
    void shouldDefineRatesBehindTheirInstruments()
    {
        final String first = ALL + "rates: [{asset: A, currency: USD, instrument: A.SPOT, maxAge: 5s}]\n";
        assertThat(take(first)).contains("rate A in USD by A.SPOT within 5000000000");
        final String second = first.replace("[{", "[{asset: USD, currency: A, instrument: A.PERP, maxAge: 1ms}, {");
        assertThat(take(second)).containsExactly("rate USD in A by A.PERP within 1000000");

        assertThat(changes(second.replace("A.SPOT, maxAge: 5s", "A.PERP, maxAge: 5s")))
            .extracting(ConfigurationChange::toString)
            .containsExactly("rate A in USD: A.SPOT, maxAge 5000000000ns -> A.PERP, maxAge 5000000000ns");
        assertThat(changes(first)).extracting(ConfigurationChange::toString)
            .containsExactly("rate USD in A: A.PERP, maxAge 1000000ns -> none");
        assertThat(take(ALL)).containsExactly("rate A in USD gone", "rate USD in A gone");
    }

    /** Instruments that are not listed come from a recording, and only then it can be said whether they are there. */
    @Test
    void shouldRefuseARateByAnInstrumentThatIsNone()
    {
        assertThatThrownBy(() -> changes("rates: [{asset: A, currency: USD, instrument: A.SPOT, maxAge: 5s}]\n"))
            .isInstanceOf(ConfigurationException.class)
            .hasMessage(
                "rates: instrument=A.SPOT: expected an instrument of the node, whose mark is the rate of A in USD");
    }

    @Test
    void shouldKeepAnInstancesIdAndGiveNoneTwice()
    {
        take(ALL);
        assertThat(take(ALL.replace("  - {name: ema}\n", "  - {name: rsi, instruments: [A.SPOT]}\n")))
            .containsExactly("unassign 2 jo", "unassign 3 jo", "strategy 4 rsi@A.SPOT rsi [A.SPOT] {} jo");
        assertThat(take(ALL)).as("as new ones").containsExactly("unassign 4 jo",
            "strategy 5 ema@A.SPOT ema [A.SPOT] {} jo", "strategy 6 ema@A.PERP ema [A.PERP] {} jo");
    }

    @Test
    void shouldTakeBackTheWishToTakeOut()
    {
        take(ALL);
        core.close(2);
        assertThat(changes(ALL)).extracting(ConfigurationChange::toString)
            .containsExactly("strategy ema@A.SPOT: being taken out -> ema on A.SPOT {}");
        assertThat(changes(ALL.replace("  - {name: ema}\n", ""))).extracting(ConfigurationChange::subject)
            .as("it was said already of one").containsExactly("ema@A.PERP");
    }

    /** Ids follow one another, so whatever may be refused comes last. */
    @Test
    void shouldMakeAnInstanceOverOtherLegsAnewBehindAllOthers()
    {
        take(ALL);
        assertThat(take(ALL.replace("legs: [A.SPOT, A.PERP]", "legs: [A.PERP]").replace("  - {name: ema}\n",
            "  - {name: ema}\n  - {name: rsi, instruments: [A.SPOT]}\n")))
            .extracting((line) -> line.replaceAll(" \\{.*", ""))
            .containsExactly("unassign 1 jo", "strategy 4 rsi@A.SPOT rsi [A.SPOT]", "strategy 5 pair spread [A.PERP]",
                "allocate 5 2 1000 configuration");
    }

    @Test
    void shouldLeaveWeightAndCapitalToOthersWhereItSaysNeither()
    {
        take(ALL);
        final String silent = ALL.replace(", weight: 2, capital: 1000", "");
        assertThat(changes(silent)).isEmpty();
        assertThat(changes(silent.replace("onFailure: keep", "onFailure: keep, weight: 3")))
            .extracting(ConfigurationChange::toString)
            .containsExactly("allocation pair: weight 2, capital 1000 -> weight 3, capital 1000");
    }

    @Test
    void shouldLimitAnInstanceOnEachOfItsLegs()
    {
        take(ALL);
        final String limited = ALL.replace("onFailure: keep", "onFailure: keep, limits: {maxPositionQuantity: 2}");
        assertThat(take(limited)).containsExactly("limit 0 of 1 MAX_POSITION_QUANTITY 2 CONFIGURED jo",
            "limit 1 of 1 MAX_POSITION_QUANTITY 2 CONFIGURED jo");
        assertThat(changes(limited.replace("Quantity: 2", "Quantity: 3"))).extracting(ConfigurationChange::toString)
            .contains("limit maxPositionQuantity of pair on A.SPOT: 2 -> 3");
        assertThat(take(ALL)).containsExactly("unset 0 of 1 MAX_POSITION_QUANTITY CONFIGURED jo",
            "unset 1 of 1 MAX_POSITION_QUANTITY CONFIGURED jo");
    }

    @Test
    void shouldGiveTheFirstVenueTheNameThatTheInstrumentsHad()
    {
        take(INSTRUMENTS.replace("venue: SPOT", "venue: PERP")
            .replace("symbol: A, venue: PERP, tickSize: 1, lotSize: 1, " +
                "baseCurrency: A, quoteCurrency: USD, limits",
                "symbol: B, venue: PERP, tickSize: 1, lotSize: 1, " +
                    "baseCurrency: A, quoteCurrency: USD, limits"));
        assertThat(core.instrument(0).name()).isEqualTo("A.PERP");
        assertThat(take(VENUES)).anyMatch((line) -> line.startsWith("venue 0 VenueContext[name=PERP"))
            .anyMatch((line) -> line.startsWith("venue 1 VenueContext[name=SPOT"));
    }

    @Test
    void shouldRefuseAnotherVenueForTheOrdersOfAKnownInstrument()
    {
        take(INSTRUMENTS);
        assertThatThrownBy(() -> changes(VENUES + INSTRUMENTS)).isInstanceOf(ConfigurationException.class)
            .hasMessageContaining("instruments: name=A.PERP: expected the terms that the journal has")
            .hasMessageContaining("another venue for its orders");
    }

    @Test
    void shouldRefuseOtherTermsOfAKnownInstrument()
    {
        take(INSTRUMENTS);
        assertThatThrownBy(() -> changes(INSTRUMENTS.replace("SPOT, tickSize: 1", "SPOT, tickSize: 0.5")))
            .isInstanceOf(ConfigurationException.class)
            .hasMessageContaining("instruments: name=A.SPOT: expected the terms that the journal has");
    }

    @Test
    void shouldSayThatVenuesAndSourcesNeedAStart()
    {
        assertThat(
            changes(ALL).stream().filter(ConfigurationChange::needsStart).map(ConfigurationChange::kind).distinct())
            .containsExactly(ConfigurationChange.Kind.VENUE, ConfigurationChange.Kind.SOURCE);
    }

    @Test
    void shouldSayWhichCalendarAnInstrumentGoesBy()
    {
        final String calendars = """
            calendars:
              - {name: XNYS, timeZone: UTC, from: 2026-11-23, until: 2026-11-24, sessions: [{open: "09:30", close: "16:00"}]}
              - {name: XLON, timeZone: UTC, from: 2026-11-23, until: 2026-11-23, sessions: [{open: "08:00", close: "16:30"}]}
            """;
        final String named = VENUES.replace("{name: SPOT,", "{name: SPOT, calendar: XNYS,") + INSTRUMENTS;
        take(VENUES + INSTRUMENTS);

        assertThat(take(calendars + named)).containsExactly(
            "calendar 1 XNYS 2", "calendar 2 XLON 1", "calendar of 0 1");
        assertThat(changes(calendars + named.replace("A, venue: SPOT,", "A, venue: SPOT, calendar: XLON,")))
            .extracting(ConfigurationChange::toString).containsExactly("calendar of A.SPOT: XNYS -> XLON");
        assertThat(changes((calendars + named).replace("until: 2026-11-24", "until: 2026-11-25")))
            .extracting(ConfigurationChange::toString).singleElement().asString()
            .startsWith("calendar XNYS: 2 sessions from 2026-11-23 to 2026-11-24, UTC, hash ")
            .contains(" -> 3 sessions from 2026-11-23 to 2026-11-25, UTC, hash ");
        assertThat(take(VENUES + INSTRUMENTS)).as("configured no more").containsExactly("calendar of 0 0");
    }
}
