package io.lockstep.sequencer.config;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Keys that look as if their value were a secret. A node writes the whole text of its configuration into its journal, where it
 * stays for as long as the journal is kept and in every copy of it, so no configuration may hold one.
 */
final class SecretRule
{
    static final String EXPECTED = "no such key: it looks like a secret, and the journal keeps the whole text of the " +
        "configuration for ever; a secret belongs into a file of its own or into the environment";

    private static final List<String> PARTS = List.of("password", "passwd", "passphrase", "passcode", "secret",
        "apikey",
        "privatekey", "accesskey", "signingkey", "signkey", "authkey", "encryptionkey", "hmackey", "sshkey", "token",
        "credential", "mnemonic", "seedphrase", "bearer", "cookie");
    private static final Set<String> WORDS = Set.of("key", "pwd", "pass", "pin", "auth", "authorization", "jwt", "otp");

    private SecretRule()
    {
    }

    /** Whatever the case, and whatever stands between the words. */
    static boolean looksSecret(final String key)
    {
        final StringBuilder letters = new StringBuilder();
        key.codePoints().filter(Character::isLetterOrDigit).forEach(letters::appendCodePoint);
        final String plain = letters.toString().toLowerCase(Locale.ROOT);
        return WORDS.contains(plain) || PARTS.stream().anyMatch(plain::contains);
    }
}
