package io.lockstep.sequencer.config;

/**
 * An Aeron channel and stream.
 */
public record Channel(String uri, int streamId)
{
    /** Reads the section and refuses keys it does not know. */
    public static Channel read(final YamlSection section)
    {
        final Channel channel = new Channel(
            section.requiredText("channel"), (int)section.whole("stream", 0, 1, Integer.MAX_VALUE));
        if (channel.streamId == 0)
        {
            throw new ConfigurationException(section.problem("stream", "", "a stream id, the key is required"));
        }
        section.refuseUnknown();
        return channel;
    }
}
