package io.lockstep.sequencer.aeron;

import io.aeron.driver.MediaDriver;
import io.aeron.driver.ext.LossGenerator;
import io.aeron.driver.ext.RandomLossGenerator;

/**
 * What a media driver does to packets on purpose, to see what the links make of it: some that it receives are dropped, both
 * data and what receivers tell senders, and data comes late.
 *
 * @param lossRate from 0 for none to 1 for all.
 * @param seed     decides which are dropped.
 * @param delayNs  by which data is late.
 */
public record DriverFaults(double lossRate, long seed, long delayNs)
{
    public static final DriverFaults NONE = new DriverFaults(0, 0, 0);

    void apply(final MediaDriver.Context context)
    {
        if (lossRate > 0 || delayNs > 0)
        {
            context
                .receiveChannelEndpointSupplier((channel, dispatcher, status, driver) -> new LateReceiveChannelEndpoint(
                    channel, dispatcher, status, driver, generator(seed), generator(seed + 1), delayNs));
        }
    }

    private LossGenerator generator(final long generatorSeed)
    {
        return new RandomLossGenerator(lossRate, generatorSeed);
    }
}
