using Paydown.Server.Commands;

// The server handles what arrives on a socket on the thread that found it (docs/decisions/0016). Read by .NET once,
// before the first socket, and only from here: it is the process's own, not a command's, and no other command may have
// it, inherited or not, since to copy a portfolio waits for its socket.
Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", args is ["serve", ..] ? "1" : null);

return await CommandLine.RunAsync(args, Console.Out, Console.Error);
