using Paydown.Server.Commands;

// What arrives on a socket is handled by the thread that found it, one for each core, rather than handed to another:
// requests take microseconds, and to wake a thread takes longer than that (docs/decisions/0016). Read by .NET once,
// before the first socket; there is no other way to say it.
Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");

return await CommandLine.RunAsync(args, Console.Out, Console.Error);
