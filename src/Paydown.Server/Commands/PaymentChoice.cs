using Paydown.Server.Payments;
using Paydown.Server.Platform;

namespace Paydown.Server.Commands;

/// <summary>Which payment partner the options of a server name.</summary>
internal static class PaymentChoice
{
    /// <summary>The partner follows from the other options.</summary>
    public const string Auto = "auto";

    /// <summary>What can be named.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [Auto, "sandbox", "files", "none"];

    /// <summary>Reads the options.</summary>
    /// <param name="kind">One of <see cref="Kinds"/>.</param>
    /// <param name="folder">The folder shared with the bank; empty: none.</param>
    /// <param name="isDemo">Only beside the demo lender is the sandbox taken unasked.</param>
    /// <exception cref="OperatingException">They do not go together, or there is no such folder.</exception>
    public static PaymentOptions Read(string kind, string folder, bool isDemo)
    {
        var chosen = kind switch
        {
            "sandbox" => PaymentKind.Sandbox,
            "files" => PaymentKind.Files,
            "none" => PaymentKind.None,
            _ when folder.Length > 0 => PaymentKind.Files,
            _ => isDemo ? PaymentKind.Sandbox : PaymentKind.None,
        };
        if (chosen != PaymentKind.Files)
            return new PaymentOptions { Kind = chosen };
        if (folder.Length == 0)
            throw new OperatingException("--payments files needs the folder that is shared: --payments-folder DIR.");
        // Not created: payments in a folder of a mistyped name would never reach the bank.
        if (!Directory.Exists(folder))
            throw new OperatingException($"--payments-folder: there is no folder {Path.GetFullPath(folder)}.");
        return new PaymentOptions { Kind = chosen, Folder = Path.GetFullPath(folder) };
    }
}
