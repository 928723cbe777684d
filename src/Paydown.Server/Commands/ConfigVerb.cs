using System.CommandLine;

namespace Paydown.Server.Commands;

/// <summary>The options of <c>paydown config</c>: those of all other verbs.</summary>
internal static class ConfigVerb
{
    /// <summary>Creates the verb.</summary>
    /// <param name="others">The other verbs.</param>
    public static Verb Create(IReadOnlyList<Verb> others)
    {
        var verb = new Verb(
            "config",
            "Show the value of each setting and its source, without secrets. Changes nothing.",
            "paydown config --config /etc/paydown/appsettings.json",
            "configuration.md"
        )
        {
            SharedOptions.Json,
        };
        foreach (var setting in others.SelectMany(other => other.AllSettings).Distinct())
            verb.Add(setting);
        verb.SetAction((parsed, token) => Config.RunAsync(verb.Settings, parsed, token));
        return verb;
    }
}
