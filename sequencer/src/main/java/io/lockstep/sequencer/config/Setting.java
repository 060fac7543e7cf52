package io.lockstep.sequencer.config;

/**
 * What a key of the configuration comes to.
 *
 * @param key   the whole path, such as {@code instruments[0].tickSize}.
 * @param value as it is written in the file, or the default; null for none.
 * @param place of the key in the file; null where the default was taken.
 */
public record Setting(String key, String value, Place place)
{
    public boolean isDefault()
    {
        return place == null;
    }
}
