using Paydown.Bench;

if (args is ["memory", var what, var database, var url])
    return await MemoryServer.RunAsync(what, database, url);
return await BenchRun.MainAsync(args);
