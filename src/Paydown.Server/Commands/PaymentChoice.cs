using Paydown.Server.Payments;
using Paydown.Server.Platform;

namespace Paydown.Server.Commands;

/// <summary>Which payment partner the options of a server name.</summary>
internal static class PaymentChoice
{
    /// <summary>Reads the options.</summary>
    /// <param name="kind">As it was named; null: by the others.</param>
    /// <param name="folder">The folder shared with the bank; null: none.</param>
    /// <param name="isDemo">Only beside the demo lender is the sandbox taken unasked.</param>
    /// <exception cref="OperatingException">They do not go together.</exception>
    public static PaymentOptions Read(string? kind, string? folder, bool isDemo)
    {
        var chosen = kind switch
        {
            "sandbox" => PaymentKind.Sandbox,
            "files" => PaymentKind.Files,
            "none" => PaymentKind.None,
            null when folder is not null => PaymentKind.Files,
            null => isDemo ? PaymentKind.Sandbox : PaymentKind.None,
            _ => throw new OperatingException($"--payments is sandbox, files or none, not {kind}."),
        };
        if (chosen == PaymentKind.Files && folder is null)
            throw new OperatingException("--payments files needs the folder that is shared: --payments-folder DIR.");
        return new PaymentOptions { Kind = chosen, Folder = folder is null ? "" : Path.GetFullPath(folder) };
    }
}
