using System.CommandLine;

namespace Paydown.Server.Commands;

/// <summary>The options of <c>paydown health</c>.</summary>
internal static class HealthVerb
{
    /// <summary>Creates the verb.</summary>
    public static Verb Create()
    {
        var verb = new Verb(
            "health",
            "Ask a running server on this machine whether it is ready, for health checks of containers.",
            "paydown health --urls http://127.0.0.1:5080",
            "operating.md#health"
        )
        {
            SharedOptions.Urls,
            SharedOptions.Json,
        };
        verb.SetAction(
            (parsed, token) =>
                HealthCheck.RunAsync(
                    Configuration.Of(parsed).Get(SharedOptions.Urls)[0],
                    parsed.GetValue(SharedOptions.Json),
                    parsed.InvocationConfiguration.Output,
                    token
                )
        );
        return verb;
    }
}
