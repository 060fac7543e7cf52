/**
 * Configuration files as commands take them: read to their end, checked as a whole, reported; and the commands that show and
 * check one. It knows every section that any command reads, and starts nothing.
 */
package io.lockstep.cli.config;
