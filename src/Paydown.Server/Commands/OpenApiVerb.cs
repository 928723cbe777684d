using System.CommandLine;

namespace Paydown.Server.Commands;

/// <summary>The options of <c>paydown openapi</c>.</summary>
internal static class OpenApiVerb
{
    private static readonly Option<string?> File = new("--output")
    {
        Description = "Write to this file instead of standard output",
        HelpName = "FILE",
    };

    /// <summary>Creates the verb.</summary>
    public static Verb Create()
    {
        var verb = new Verb(
            "openapi",
            "Write the OpenAPI document.",
            "paydown openapi --output openapi.json",
            "journey.md"
        )
        {
            File,
        };
        verb.SetAction(
            (parsed, token) => OpenApi.RunAsync(parsed.GetValue(File), parsed.InvocationConfiguration.Output, token)
        );
        return verb;
    }
}
