using System.CommandLine;
using Paydown.Server.Platform;

namespace Paydown.Server.Commands;

/// <summary>The options of <c>paydown events</c>: tools for those who write a receiver of webhooks.</summary>
internal static class EventsVerb
{
    private const string Page = "events.md#try-it";

    private static readonly Option<Uri> Server = AddressOption(
        "--server",
        "The server",
        _ => new Uri(ServerOptions.DefaultUrl)
    );

    private static readonly Setting<string?> Token = Setting.Secret(
        "--token",
        "Events:Token",
        "TOKEN",
        "API token with the scope events:read",
        _ => "…",
        _ => null
    );

    private static readonly Option<Uri> ForwardTo = AddressOption(
        "--forward-to",
        "Where to send each event, signed as a webhook",
        null
    );

    private static readonly Option<bool> FromStart = new("--from-start")
    {
        Description = "Begin with the oldest event that is kept, not with those from now on",
    };

    /// <summary>Creates the verb.</summary>
    public static Verb Create()
    {
        var listen = new Verb(
            "listen",
            "Send the events of a server to a receiver on this machine, as they come. It needs no webhook endpoint.",
            "paydown events listen --token-file token.txt --forward-to http://localhost:3000/hook",
            Page
        )
        {
            Server,
            Token,
            ForwardTo,
            FromStart,
            SharedOptions.Json,
        };
        listen.SetAction(
            (parsed, token) =>
                ListenToEvents.RunAsync(
                    parsed.GetRequiredValue(Server),
                    TokenOf(parsed),
                    parsed.GetRequiredValue(ForwardTo),
                    parsed.GetValue(FromStart),
                    parsed.GetValue(SharedOptions.Json),
                    parsed.InvocationConfiguration.Output,
                    token
                )
        );
        return new Verb(
            "events",
            "Tools for writing a receiver of webhooks.",
            "paydown events listen --token-file token.txt --forward-to http://localhost:3000/hook",
            Page
        )
        {
            listen,
        };
    }

    private static string TokenOf(ParseResult parsed) =>
        Configuration.Of(parsed).Get(Token)
        ?? throw new OperatingException(
            $"An API token is needed: pass {Token.FileOption!.Name} FILE, or set {Token.Variable}."
        );

    private static Option<Uri> AddressOption(
        string name,
        string description,
        Func<System.CommandLine.Parsing.ArgumentResult, Uri>? otherwise
    )
    {
        var option = new Option<Uri>(name)
        {
            Description = description,
            HelpName = "URL",
            Required = otherwise is null,
            CustomParser = result =>
            {
                if (
                    Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var url)
                    && url.Scheme is "http" or "https"
                )
                    return url;
                result.AddError($"{name}: '{result.Tokens[0].Value}' is not an http or https address.");
                return new Uri(ServerOptions.DefaultUrl);
            },
        };
        if (otherwise is not null)
            option.DefaultValueFactory = otherwise;
        return option;
    }
}
