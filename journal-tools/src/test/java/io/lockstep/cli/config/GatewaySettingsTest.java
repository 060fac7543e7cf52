package io.lockstep.cli.config;

import io.lockstep.gateways.simulated.VenueAccountRules;
import io.lockstep.sbe.AccountType;
import io.lockstep.sequencer.config.ConfigurationException;
import io.lockstep.sequencer.config.YamlSection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class GatewaySettingsTest
{
    @Test
    void shouldReadTheAccountOfTheSimulatedVenue()
    {
        assertThat(account("balances: {USDT: 100000, BTC: 1.5}\n  accountType: cash\n  accountReportInterval: 250ms"))
            .isEqualTo(new VenueAccountRules(true, AccountType.CASH,
                Map.of("USDT", new BigDecimal("1E+5"), "BTC", new BigDecimal("1.5")), 250_000_000L));
    }

    @Test
    void shouldReportAnAccountThatTheConfigurationNames()
    {
        assertThat(account("makerFeePpm: 100").isReported()).isFalse();
        assertThat(account("balances: {}").isReported()).isTrue();
        assertThat(account("accountType: margin").isReported()).isTrue();
        assertThat(account("accountReportInterval: 1s")).isEqualTo(
            new VenueAccountRules(true, AccountType.MARGIN, Map.of(), 1_000_000_000L));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value =
    {"balances: {USDT: -1}|venue.balances.USDT",
        "balances: {USDT: x}|venue.balances.USDT",
        "balances: {USDT: 1e-19}|venue.balances.USDT",
        "balances: {'A B': 1}|venue.balances.A B",
        "accountType: spot|venue.accountType",
        "accountReportInterval: 2h|venue.accountReportInterval"})
    void shouldRefuseWhatIsNone(final String text, final String key)
    {
        assertThatThrownBy(() -> account(text)).isInstanceOf(ConfigurationException.class)
            .hasMessageContaining("venue.yaml:2").hasMessageContaining(key);
    }

    private static VenueAccountRules account(final String text)
    {
        final YamlSection root = YamlSection.parse(Path.of("venue.yaml"), "venue:\n  " + text + "\n");
        return GatewaySettings.read(root).venue().account();
    }
}
