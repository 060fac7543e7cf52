package io.lockstep.cli.config;

import io.lockstep.gateways.recording.Recording;
import io.lockstep.sequencer.config.ConfiguredInstrument;

import java.util.List;

/**
 * The instruments of a recording, where a configuration names none.
 */
public final class DerivedInstruments
{
    private DerivedInstruments()
    {
    }

    /** In the recording's order, without limits of their own. */
    public static List<ConfiguredInstrument> of(final Recording recording)
    {
        return recording.instruments().stream().map((instrument) -> new ConfiguredInstrument(instrument, List.of()))
            .toList();
    }
}
