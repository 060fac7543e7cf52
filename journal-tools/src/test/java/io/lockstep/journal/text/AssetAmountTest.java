package io.lockstep.journal.text;

import io.lockstep.codecs.text.Amount;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class AssetAmountTest
{
    private final RecordMeanings meanings = new RecordMeanings();

    @Test
    void shouldSayAnAccountsAmountsInTheirAsset()
    {
        final Map<String, Object> balance = new LinkedHashMap<>();
        balance.put("amount", 1_500_000_000_000_000_000L);
        balance.put("amountHigh", null);
        balance.put("asset", "BTC");

        assertThat(meanings.amount(balance, balance, "amount")).isEqualTo(new Amount(new BigDecimal("1.5"), "BTC"));
    }

    /** 100,000 in units of 10^-18 has 77 bits. */
    @Test
    void shouldPutBothHalvesTogether()
    {
        final Map<String, Object> difference = new LinkedHashMap<>();
        difference.put("engineAmount", 200_376_420_520_689_664L);
        difference.put("engineAmountHigh", 5_421L);
        difference.put("asset", "USDT");

        assertThat(meanings.amount(difference, difference, "engineAmount").value())
            .isEqualByComparingTo(new BigDecimal("100000"));
    }

    @Test
    void shouldSayNothingOfNumbersThatNameNoAsset()
    {
        final Map<String, Object> other = Map.of("amount", 5L);

        assertThat(meanings.amount(other, other, "amount")).isNull();
    }

    /** How old a mark may be is no moment of 1970. */
    @Test
    void shouldSayHowOldAMarkMayBe()
    {
        final Map<String, Object> rate = Map.of("maxAgeNs", 10_000_000_000L);

        assertThat(RecordMeanings.isTime("maxAgeNs")).isFalse();
        assertThat(meanings.amount(rate, rate, "maxAgeNs").value()).isEqualByComparingTo("10");
    }
}
