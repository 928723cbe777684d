using Paydown.Server.Commands;

// Only the server handles socket completions on the thread that receives them (docs/decisions/0016). .NET reads the
// variable once, before the first socket. Other verbs must not inherit it: copying a portfolio would block the thread
// that its socket needs.
Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", args is ["serve", ..] ? "1" : null);

return await CommandLine.RunAsync(args, Console.Out, Console.Error);
