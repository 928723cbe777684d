using Paydown.Lending.Identifiers;

namespace Paydown.Lending.Wallets;

/// <summary>
/// The name of a transfer to a bank account, for customers and for the payment partner: <c>TRF</c> and the 32 digits of
/// its id, the 35 characters that ISO 20022 has for an end-to-end id.
/// </summary>
public static class TransferReference
{
    private const string Prefix = "TRF";

    /// <summary>The reference of a transfer.</summary>
    public static string Of(TransferId transferId) => Prefix + transferId.Value.ToString("N").ToUpperInvariant();

    /// <summary>Reads a reference, in upper or lower case.</summary>
    public static bool TryParse(string? text, out TransferId transferId)
    {
        transferId = default;
        return text is { Length: 35 }
            && text.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
            && IdText.TryParse(text.AsSpan(Prefix.Length), "N", out transferId);
    }
}
