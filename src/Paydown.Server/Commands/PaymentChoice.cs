using Paydown.Server.Payments;
using Paydown.Server.Platform;

namespace Paydown.Server.Commands;

/// <summary>Chooses the payment partner from the options of a server.</summary>
internal static class PaymentChoice
{
    /// <summary>Chooses the partner by the other options.</summary>
    public const string Auto = "auto";

    /// <summary>The values of <c>--payments</c>.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [Auto, "sandbox", "files", "none"];

    /// <summary>Returns the options of the chosen partner.</summary>
    /// <param name="kind">One of <see cref="Kinds"/>.</param>
    /// <param name="folder">The folder that is shared with the bank; empty for none.</param>
    /// <param name="isDemo">True if the server loads the demo lender, for which auto means the sandbox.</param>
    /// <exception cref="OperatingException">Files without a folder.</exception>
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
            throw new OperatingException("--payments files requires the shared folder: --payments-folder DIR.");
        return new PaymentOptions { Kind = chosen, Folder = Path.GetFullPath(folder) };
    }
}
