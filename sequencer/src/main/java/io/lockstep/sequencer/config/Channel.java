package io.lockstep.sequencer.config;

/**
 * An Aeron channel and stream.
 */
public record Channel(String uri, int streamId)
{
    /** Reads the section and refuses keys it does not know. */
    public static Channel read(final YamlSection section)
    {
        section.require("channel");
        section.require("stream");
        final Channel channel = new Channel(
            section.text("channel", "aeron:ipc"), (int)section.whole("stream", 1, 1, Integer.MAX_VALUE));
        final String problem = section.has("channel") ? ChannelRule.problem(channel.uri) : null;
        if (problem != null)
        {
            section.refuse("channel", channel.uri, problem);
        }
        section.refuseUnknown();
        return channel;
    }

    /** Reads the section where the key is there. */
    public static Channel read(final YamlSection parent, final String key, final Channel defaultChannel)
    {
        if (parent.has(key))
        {
            return read(parent.section(key));
        }
        parent.derived(key + ".channel", defaultChannel.uri);
        parent.derived(key + ".stream", defaultChannel.streamId);
        return defaultChannel;
    }
}
