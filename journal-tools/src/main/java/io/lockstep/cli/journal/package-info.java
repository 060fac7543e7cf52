/**
 * {@code lockstep journal} and {@code lockstep replay}: a class for each command over {@link io.lockstep.journal}. It knows how a
 * journal's records and findings are printed, and leaves to the library what they are.
 */
package io.lockstep.cli.journal;
