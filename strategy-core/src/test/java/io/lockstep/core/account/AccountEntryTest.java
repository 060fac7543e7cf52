package io.lockstep.core.account;

import io.lockstep.codecs.Nulls;
import io.lockstep.sbe.AccountEntryKind;
import org.junit.jupiter.api.Test;

import java.util.Map;

import static io.lockstep.core.account.AccountFixture.SPOT;
import static io.lockstep.core.account.AccountFixture.SWAP;
import static org.assertj.core.api.Assertions.assertThat;

class AccountEntryTest
{
    private final AccountFixture on = AccountFixture.margin(SWAP);

    @Test
    void shouldBookAnEntryAndReturnTheProfitToItsInstrument()
    {
        assertThat(on.entry(AccountEntryKind.FUNDING, SWAP, "-1.25", "USDT")).isTrue();

        assertThat(on.balances()).isEqualTo(Map.of("USDT", "-1.25"));
        assertThat(on.taken()).containsExactly("profit instrument=1 FUNDING cash=-125000000");
        assertThat(on.account.entries()).isEqualTo(1);
    }

    @Test
    void shouldBookAnEntryOnce()
    {
        assertThat(on.entry("f-1", AccountEntryKind.FUNDING, SWAP, "-1.25", "USDT")).isTrue();
        assertThat(on.entry("f-1", AccountEntryKind.FUNDING, SWAP, "-1.25", "USDT")).isFalse();
        assertThat(on.entry("f-1", AccountEntryKind.TRANSFER, null, "500", "USDT")).isFalse();

        assertThat(on.balances()).isEqualTo(Map.of("USDT", "-1.25"));
        assertThat(on.taken()).hasSize(1);
        assertThat(on.account.entries()).isEqualTo(1);
        assertThat(on.account.repeatedEntries()).isEqualTo(2);
    }

    /** Whoever sends what is older than that sends it anew. */
    @Test
    void shouldRememberAsManyEntriesAsItSays()
    {
        for (int i = 0; i <= EntryIds.HORIZON; i++)
        {
            on.entry("e-" + i, AccountEntryKind.TRANSFER, null, "1", "USDT");
        }
        assertThat(on.entry("e-1", AccountEntryKind.TRANSFER, null, "1", "USDT")).isFalse();
        assertThat(on.entry("e-0", AccountEntryKind.TRANSFER, null, "1", "USDT")).isTrue();
        assertThat(on.entry("e-1", AccountEntryKind.TRANSFER, null, "1", "USDT")).isTrue();

        assertThat(on.balances()).isEqualTo(Map.of("USDT", Integer.toString(EntryIds.HORIZON + 3)));
    }

    @Test
    void shouldBookEachEntryWithoutAnId()
    {
        on.entry("", AccountEntryKind.TRANSFER, null, "1", "USDT");
        on.entry("", AccountEntryKind.TRANSFER, null, "1", "USDT");

        assertThat(on.balances()).isEqualTo(Map.of("USDT", "2"));
    }

    @Test
    void shouldSayWhatIsProfitAndWhatIsNot()
    {
        for (final AccountEntryKind kind : AccountEntryKind.values())
        {
            if (kind != AccountEntryKind.SBE_UNKNOWN)
            {
                on.entry(kind, SWAP, "1", "USDT");
            }
        }

        assertThat(on.taken()).containsExactly(
            "profit instrument=1 FUNDING cash=100000000",
            "profit instrument=1 INTEREST cash=100000000",
            "profit instrument=1 DELIVERY cash=100000000",
            "profit instrument=1 FEE cash=100000000",
            "profit instrument=1 REBATE cash=100000000");
        assertThat(on.balances()).isEqualTo(Map.of("USDT", "8"));
    }

    @Test
    void shouldSayProfitInAnotherAssetInThatAsset()
    {
        on.entry(AccountEntryKind.FUNDING, SWAP, "-0.25", "BNB");

        assertThat(on.taken()).containsExactly("profit instrument=1 FUNDING -0.25 BNB");
        assertThat(on.balances()).isEqualTo(Map.of("BNB", "-0.25"));
    }

    @Test
    void shouldBookWhatNamesNoInstrumentOrAnUnknownOne()
    {
        on.entry(AccountEntryKind.INTEREST, null, "1", "USDT");
        on.entry(AccountEntryKind.INTEREST, SPOT, "1", "USDT");

        assertThat(on.lines).isEmpty();
        assertThat(on.balances()).isEqualTo(Map.of("USDT", "2"));
    }

    @Test
    void shouldRoundAgainstTheAccount()
    {
        on.entry("a", AccountEntryKind.FUNDING, SWAP, -1, -19, "USDT");
        on.entry("b", AccountEntryKind.FUNDING, SWAP, 19, -19, "USDT");

        assertThat(on.balances()).isEmpty();
        assertThat(on.account.rounded()).isEqualTo(2);
        // A loss is at least a unit of cash; a profit that is less than one is none.
        assertThat(on.taken()).containsExactly("profit instrument=1 FUNDING cash=-1",
            "profit instrument=1 FUNDING cash=0");
    }

    @Test
    void shouldCountWhatDoesNotFit()
    {
        assertThat(on.entry("a", AccountEntryKind.TRANSFER, null, 1, 20, "USDT")).isFalse();
        assertThat(on.entry("b", AccountEntryKind.TRANSFER, null, Nulls.NULL_LONG, 0, "USDT")).isFalse();
        assertThat(on.entry("c", AccountEntryKind.TRANSFER, null, 1, 0, "")).isFalse();
        assertThat(on.entry("d", AccountEntryKind.TRANSFER, null, 4, 19, "USDT")).isTrue();
        assertThat(on.entry("e", AccountEntryKind.TRANSFER, null, 4, 19, "USDT")).isFalse();

        assertThat(on.account.unreadable()).isEqualTo(4);
        assertThat(on.balances()).isEqualTo(Map.of("USDT", "40000000000000000000"));
    }
}
