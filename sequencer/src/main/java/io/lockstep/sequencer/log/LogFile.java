package io.lockstep.sequencer.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.logging.ErrorManager;
import java.util.logging.FileHandler;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/**
 * The files of a log: the newest is {@code NAME.0.log}, and when it is full it becomes {@code NAME.1.log}, and so on. One thread.
 */
final class LogFile implements AutoCloseable
{
    private final FileHandler files;

    /**
     * @param maxBytes of a file before the next one begins.
     * @param keep     files, the newest included.
     * @param problems is told, once, that lines cannot be written.
     * @throws IOException when the file cannot be opened.
     */
    LogFile(
        final Path directory, final String name, final long maxBytes, final int keep, final Consumer<String> problems)
        throws IOException
    {
        Files.createDirectories(directory);
        // In the pattern of the library a percent sign begins a variable.
        final String pattern = directory.toAbsolutePath().toString().replace("%", "%%") + "/" + name + ".%g.log";
        files = new FileHandler(pattern, maxBytes, keep, true);
        files.setLevel(Level.ALL);
        files.setEncoding("UTF-8");
        files.setFormatter(new Formatter()
        {
            @Override
            public String format(final LogRecord entry)
            {
                return entry.getMessage() + '\n';
            }
        });
        files.setErrorManager(new ErrorManager()
        {
            private boolean said;

            @Override
            public synchronized void error(final String message, final Exception ex, final int code)
            {
                if (!said)
                {
                    said = true;
                    problems.accept("the log in " + directory + " cannot be written: " + ex);
                }
            }
        });
    }

    void write(final String line)
    {
        files.publish(new LogRecord(Level.INFO, line));
    }

    @Override
    public void close()
    {
        files.close();
    }
}
