package io.lockstep.gateways.orders;

import java.util.List;

/** What a gateway has said, in order; lines that should wake somebody begin with {@code !}. */
record HeardNotices(List<String> lines) implements OrderGatewayNotices
{
    @Override
    public void info(final String line)
    {
        lines.add(line);
    }

    @Override
    public void warn(final String line)
    {
        lines.add(line);
    }

    @Override
    public void error(final String line)
    {
        lines.add("!" + line);
    }
}
