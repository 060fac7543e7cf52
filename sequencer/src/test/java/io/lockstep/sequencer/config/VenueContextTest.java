package io.lockstep.sequencer.config;

import io.lockstep.codecs.Decimal;
import io.lockstep.sbe.AccountType;
import io.lockstep.sbe.PositionMode;
import io.lockstep.sbe.SourceRole;
import io.lockstep.sequencer.NodeText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class VenueContextTest
{
    private static final String TEXT = """
        venues:
          - name: SPOT
            source: 2
            egressBuffer: 512
            account: {name: main, type: cash, haltOnDifference: false, balanceTolerance: 0.001, positionToleranceLots: 3}
          - name: PERP
            source: 5
        sources:
          - {id: 4, role: feed, name: perp-feed}
          - {id: 5, role: order-gateway, venue: PERP}
          - {id: 6, role: control-plane}
        instruments:
          - {symbol: A, venue: SPOT, tickSize: 1, lotSize: 1, baseCurrency: A, quoteCurrency: USD}
          - {symbol: A, venue: PERP, tickSize: 1, lotSize: 1, baseCurrency: A, quoteCurrency: USD}
        """;

    @Test
    void shouldReadVenuesWithTheirAccounts()
    {
        assertThat(NodeText.context(TEXT).venues()).containsExactly(
            new VenueContext("SPOT", 2, 512, VenueContext.DEFAULT_IN_DOUBT_AFTER_NS,
                new AccountContext("main", AccountType.CASH, PositionMode.NETTING, false, Decimal.parse("0.001"), 3),
                null),
            new VenueContext("PERP", 5, 65536, VenueContext.DEFAULT_IN_DOUBT_AFTER_NS, AccountContext.DEFAULT, null));
    }

    @Test
    void shouldReadWhetherAnAccountNets()
    {
        final String text = TEXT.replace("type: cash", "type: cash, positionMode: hedge");

        assertThat(NodeText.context(text).venues().get(0).account().positionMode()).isEqualTo(PositionMode.HEDGE);
    }

    @Test
    void shouldAddTheSourcesThatAreSoByDefault()
    {
        assertThat(NodeText.context(TEXT).sources()).containsExactly(
            new SourceContext(1, 1, SourceRole.FEED, "feed", null),
            new SourceContext(2, 2, SourceRole.ORDER_GATEWAY, "SPOT", "SPOT"),
            new SourceContext(4, 4, SourceRole.FEED, "perp-feed", null),
            new SourceContext(5, 5, SourceRole.ORDER_GATEWAY, "order-gateway-5", "PERP"),
            new SourceContext(6, 6, SourceRole.CONTROL_PLANE, "control-plane-6", null),
            new SourceContext(768, 1023, SourceRole.OPERATOR, "operators", null));
    }

    @Test
    void shouldLeaveVenuesAndRolesAloneWhereNeitherIsListed()
    {
        final String instruments = TEXT.substring(TEXT.indexOf("instruments:"));
        assertThat(NodeText.context(instruments).venues()).isEmpty();
        assertThat(NodeText.context(instruments).sources()).isEmpty();
        assertThat(NodeText.context("sources: [{id: 7, role: feed}]\n" + instruments).sources())
            .extracting((source) -> source.id() + " " + source.role() + " " + source.venue())
            .containsExactly("1 FEED null", "2 ORDER_GATEWAY null", "7 FEED null", "768 OPERATOR null");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        venue: SPOT, tick    | venue: SPOOT, tick   | test.yaml:13:17: instruments[0].venue=SPOOT: expected a venue with a gateway, one of venues [SPOT, PERP]
        source: 5            | source: 2            | test.yaml:7:5: venues[1].source=2: expected an order gateway of its own for each venue, that is the gateway of SPOT
        name: PERP           | name: SPOT           | venues[1].name=SPOT: expected each venue once, it stands at test.yaml:2:5 as well
        name: PERP           | account: {}          | venues[1].name=: expected a value, the key is required
        '    source: 5\n'   | ''                   | venues[1].source=: expected a value, the key is required
        source: 5            | source: 768          | venues[1].source=768: expected a whole number from 1 to 767
        egressBuffer: 512    | egressBuffer: 31     | egressBuffer=31: expected a whole number from 32 to 1048576
        egressBuffer: 512    | inDoubtAfter: 2h     | inDoubtAfter=2h: expected a duration such as 10ms from 10ms to 1h
        egressBuffer: 512    | egresBuffer: 512     | egresBuffer=512: expected a known key; did you mean 'egressBuffer'?
        type: cash           | type: spot           | account.type=spot: expected one of cash, margin
        0.001                | -1                   | account.balanceTolerance=-1: expected a tolerance that is not negative
        positionToleranceLots: 3 | positionToleranceLots: 0.5 | positionToleranceLots=0.5: expected a whole number
        role: feed           | role: fed            | sources[0].role=fed: expected one of feed, order-gateway, operator, control-plane; did you mean 'feed'?
        role: feed           | role: node           | sources[0].role=node: expected one of
        'role: feed, '       | ''                   | sources[0].role=: expected a value, the key is required
        id: 4                | id: 5                | sources[0].role=feed: expected order-gateway, for source 5 is the gateway of PERP
        id: 4                | id: 6                | sources[2].id=6: expected each source once, it stands at test.yaml:9:6 as well
        id: 4                | id: 768              | sources[0].id=768: expected a whole number from 1 to 767
        venue: PERP}         | venue: SPOT}         | sources[1].venue=SPOT: expected the venue whose 'source' is 5, PERP
        venue: PERP}         | venue: PERB}         | sources[1].venue=PERB: expected a venue of the list, one of [SPOT, PERP]
        id: 6, role: control-plane | id: 6, role: order-gateway | sources[2].id=6: expected the 'source' of a venue of the list
        id: 6, role: control-plane | id: 6, role: feed, venue: PERP | sources[2].venue=PERP: expected no such key for a feed
        """)
    void shouldRefuseWhatIsNone(final String found, final String replacement, final String problem)
    {
        final String old = found.replace("\\n", "\n");
        assertThat(TEXT).contains(old);

        assertThatThrownBy(() -> NodeText.context(TEXT.replace(old, replacement)))
            .isInstanceOf(ConfigurationException.class).hasMessageStartingWith("test.yaml:")
            .hasMessageContaining(problem);
    }

    @Test
    void shouldSayAllThatIsWrongAtOnce()
    {
        final String text = TEXT.replace("source: 5", "source: 2").replace("role: feed", "role: fed");
        final Problems problems = Problems.collected();
        NodeContext.read(YamlSection.parse(Path.of("test.yaml"), text, problems), text);

        assertThat(problems.list()).extracting(ConfigurationProblem::key)
            .contains("venues[1].source", "sources[0].role");
    }
}
