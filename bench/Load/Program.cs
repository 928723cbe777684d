using Paydown.Bench;

if (args is ["memory", var database, var url]) return await MemoryServer.RunAsync(database, url);
return await BenchRun.MainAsync(args);
