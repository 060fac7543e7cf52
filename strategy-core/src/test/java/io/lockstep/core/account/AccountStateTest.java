package io.lockstep.core.account;

import io.lockstep.codecs.Increment;
import io.lockstep.codecs.Instrument;
import io.lockstep.core.snapshot.SectionWriter;
import io.lockstep.sbe.AccountEntryKind;
import io.lockstep.sbe.AccountSectionDecoder;
import io.lockstep.sbe.AccountType;
import io.lockstep.sbe.ContractType;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.PositionMode;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

import static io.lockstep.core.account.AccountFixture.INVERSE;
import static io.lockstep.core.account.AccountFixture.SPOT;
import static io.lockstep.core.account.AccountFixture.SWAP;
import static io.lockstep.core.account.AccountFixture.VENUE_ID;
import static io.lockstep.core.account.AccountFixture.terms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AccountStateTest
{
    private static final int SECTION_BYTES_MAX = 128 * 1024;
    private static final Instrument[] INSTRUMENTS = {SPOT, SWAP, INVERSE};

    /** At any moment of a random life: the one that was restored goes on as the other does. */
    @ParameterizedTest
    @EnumSource(names =
    {"NETTING", "HEDGE"})
    void shouldGoOnAsTheOneThatWasSaved(final PositionMode mode)
    {
        for (int seed = 0; seed < 20; seed++)
        {
            final AccountTerms terms = terms(
                seed % 2 == 0 ? AccountType.CASH : AccountType.MARGIN, mode, "0.5", seed % 3);
            final AccountFixture on = new AccountFixture(terms, INSTRUMENTS);
            final SplittableRandom random = new SplittableRandom(seed);
            for (int round = 0; round < 20; round++)
            {
                steps(on, random.split());
                final AccountFixture restored = restored(on, terms);
                assertThat(restored.account.stateHash()).as("seed=%d round=%d", seed, round)
                    .isEqualTo(on.account.stateHash());
                final long next = random.nextLong();
                on.taken();
                steps(restored, new SplittableRandom(next));
                steps(on, new SplittableRandom(next));
                assertThat(restored.lines).as("seed=%d round=%d", seed, round).isEqualTo(on.lines);
                assertThat(restored.balances()).isEqualTo(on.balances());
                assertThat(restored.account.stateHash()).isEqualTo(on.account.stateHash());
            }
        }
    }

    private static void steps(final AccountFixture on, final SplittableRandom random)
    {
        for (int i = 0; i < 20; i++)
        {
            final Instrument instrument = INSTRUMENTS[random.nextInt(INSTRUMENTS.length)];
            switch (random.nextInt(5))
            {
                case 0 -> on.fill(instrument, random.nextInt(1, 300_000), random.nextBoolean() ? 3 : -4, 5);
                case 1 ->
                    on.entry("e" + random.nextInt(100), AccountEntryKind.FUNDING, instrument, random.nextInt(), -20,
                        "A" + random.nextInt(5));
                case 2 -> on.account.accept();
                default -> report(on, random).send();
            }
        }
    }

    private static AccountFixture.Report report(final AccountFixture on, final SplittableRandom random)
    {
        final AccountFixture.Report report = on.report().balance("USDT", "" + random.nextInt(2))
            .balance("A" + random.nextInt(5), "1").position(random.nextInt(5), random.nextInt(2));
        if (random.nextInt(4) == 0)
        {
            report.inFlight();
        }
        return random.nextBoolean() ? report : report.partial();
    }

    /** As an account is restored: before its instruments are defined. */
    private static AccountFixture restored(final AccountFixture on, final AccountTerms terms)
    {
        final AccountFixture restored = new AccountFixture(terms);
        restore(sections(on), restored.account);
        for (final Instrument instrument : INSTRUMENTS)
        {
            restored.account.define(instrument);
            restored.own(instrument, 0, on.lots(instrument, 0));
            restored.own(instrument, 1, on.lots(instrument, 1));
        }
        return restored;
    }

    /** Instruments need not name their currencies: what their fills move then is no report's to compare. */
    @Test
    void shouldKeepABalanceOfAnAssetWithoutAName()
    {
        final Instrument unnamed = new Instrument(0, "A", "X", ContractType.LINEAR, Increment.parse("0.1"),
            Increment.parse("0.001"), 1, 1, Increment.parse("1"), "", "", "");
        final AccountFixture on = AccountFixture.margin(unnamed);
        on.report().send();
        on.fill(unnamed, 200_000, 5, 0);
        on.fill(unnamed, 200_100, -5, 0);
        on.report().send();
        on.report().send();

        assertThat(on.balances()).isEqualTo(Map.of("", "0.05"));
        assertThat(on.lines).isEmpty();
        final AccountFixture restored = AccountFixture.margin();
        restore(sections(on), restored.account);
        assertThat(restored.balances()).isEqualTo(on.balances());
        assertThat(restored.account.stateHash()).isEqualTo(on.account.stateHash());
    }

    @Test
    void shouldCutWhatIsLargeIntoSeveralSections()
    {
        final AccountFixture on = AccountFixture.cash(SPOT);
        final AccountFixture.Report report = on.report();
        for (int i = 0; i < AccountBalances.CAPACITY - 2; i++)
        {
            report.balance(("N" + i + "-").repeat(64).substring(0, 192), i + ".5");
        }
        report.send();
        for (int i = 0; i < EntryIds.HORIZON + 5; i++)
        {
            on.entry("e" + i, AccountEntryKind.TRANSFER, null, "1", "USDT");
        }
        for (int id = 3; id < 600; id++)
        {
            on.account.define(SPOT.withId(id));
        }

        final List<UnsafeBuffer> sections = sections(on);

        assertThat(sections).hasSize(AccountBalances.CAPACITY / AccountSaver.ROWS_MAX)
            .allSatisfy((section) -> assertThat(section.capacity()).isLessThan(SECTION_BYTES_MAX));
        final AccountFixture restored = AccountFixture.cash();
        restore(sections, restored.account);
        assertThat(restored.account.stateHash()).isEqualTo(on.account.stateHash());
        assertThat(restored.balances()).isEqualTo(on.balances());
        assertThat(restored.entry("e" + 5, AccountEntryKind.TRANSFER, null, "1", "USDT")).isFalse();
        assertThat(restored.entry("e" + 4, AccountEntryKind.TRANSFER, null, "1", "USDT")).isTrue();
    }

    /** The account of a venue that has said nothing is one section, too. */
    @Test
    void shouldSaveAnAccountThatHasNothing()
    {
        final AccountFixture on = AccountFixture.cash();

        assertThat(sections(on)).hasSize(1);
        restore(sections(on), AccountFixture.cash().account);
    }

    /** Each thing that happens shows. */
    @Test
    void shouldHashWhatAnAccountKnows()
    {
        final AccountFixture on = AccountFixture.margin(SWAP);
        final Map<String, Runnable> steps = new LinkedHashMap<>();
        steps.put("report in flight", () -> on.report().inFlight().send());
        steps.put("opening", () -> on.report().send());
        steps.put("fill", () -> on.fill(SWAP, 200_000, 10, 0));
        steps.put("fee", () -> on.fill(SWAP, 200_000, 10, 1));
        steps.put("entry", () -> on.entry("a", AccountEntryKind.TRANSFER, null, "1", "USDT"));
        steps.put("entry of 0", () -> on.entry("b", AccountEntryKind.TRANSFER, null, "0", "USDT"));
        steps.put("repeated entry", () -> on.entry("a", AccountEntryKind.TRANSFER, null, "1", "USDT"));
        steps.put("entry that is rounded to nothing",
            () -> on.entry("", AccountEntryKind.TRANSFER, null, 1, -19, "USDT"));
        steps.put("entry that does not fit", () -> on.entry("", AccountEntryKind.TRANSFER, null, 1, 99, "USDT"));
        steps.put("unknown instrument", () -> on.report().partial().position(99, 1).send());
        steps.put("difference", () -> on.report().position(SWAP.id(), 7).send());
        steps.put("halt", () -> on.report().position(SWAP.id(), 7).send());
        steps.put("acceptance", () -> on.account.accept());
        steps.put("new asset", () -> on.report().partial().balance("NEW", "0").send());
        steps.put("new instrument", () -> on.account.define(INVERSE));

        long hash = on.account.stateHash();
        for (final Map.Entry<String, Runnable> step : steps.entrySet())
        {
            step.getValue().run();
            assertThat(on.account.stateHash()).as(step.getKey()).isNotEqualTo(hash);
            hash = on.account.stateHash();
        }
    }

    @Test
    void shouldRefuseASectionThatCannotFollow()
    {
        final AccountFixture on = AccountFixture.cash(SPOT);
        final UnsafeBuffer section = sections(on).get(0);
        final Account other = new Account(VENUE_ID + 1, on.account.terms(), on, on);
        assertThatThrownBy(() -> restore(List.of(section), other)).isInstanceOf(IllegalArgumentException.class)
            .hasMessage("venueId=3 expected venueId=4");

        final Account twice = AccountFixture.cash().account;
        restore(List.of(section), twice);
        assertThatThrownBy(() -> restore(List.of(section), twice)).isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("balance twice");

        final Account hedge = new AccountFixture(terms(AccountType.CASH, PositionMode.HEDGE, "0", 0)).account;
        assertThatThrownBy(() -> restore(List.of(section), hedge)).hasMessage("kind=POSITION instrumentId=0");
    }

    private static List<UnsafeBuffer> sections(final AccountFixture on)
    {
        final List<UnsafeBuffer> sections = new ArrayList<>();
        on.account.save(new SectionWriter((message, offset, length) ->
        {
            final byte[] copy = new byte[length];
            message.getBytes(offset, copy);
            sections.add(new UnsafeBuffer(copy));
        }));
        return sections;
    }

    private static void restore(final List<UnsafeBuffer> sections, final Account account)
    {
        for (int i = 0; i < sections.size(); i++)
        {
            final AccountSectionDecoder decoder = new AccountSectionDecoder();
            decoder.wrapAndApplyHeader(sections.get(i), 0, new MessageHeaderDecoder());
            assertThat(account.restore(decoder)).as("section %d", i).isEqualTo(i == sections.size() - 1);
        }
    }
}
