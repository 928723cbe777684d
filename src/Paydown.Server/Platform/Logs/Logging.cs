using Microsoft.Extensions.Logging.Console;

namespace Paydown.Server.Platform.Logs;

/// <summary>Sets up the log: on standard output, one line per event.</summary>
public static class Logging
{
    public static void AddLog(this ILoggingBuilder logging, LogOptions options)
    {
        logging.AddConsole(console =>
        {
            console.FormatterName = LogFormatter.FormatterName;
            // If the output is not read, lines are dropped and counted: a log must not stop the server.
            console.QueueFullMode = ConsoleLoggerQueueFullMode.DropWrite;
        });
        logging.AddConsoleFormatter<LogFormatter, ConsoleFormatterOptions>();
        logging.Services.AddSingleton(Microsoft.Extensions.Options.Options.Create(options));
        logging.SetMinimumLevel(options.Levels.General);
        foreach (var (category, level) in options.Levels.ByCategory)
            logging.AddFilter(category, level);
    }
}
