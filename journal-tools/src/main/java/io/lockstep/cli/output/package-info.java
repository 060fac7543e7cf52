/**
 * What commands give back: exit statuses, files and directories that are written aside and renamed, text, progress and
 * interruption. It knows streams and files and no command.
 */
package io.lockstep.cli.output;
