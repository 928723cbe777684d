namespace Paydown.Statements.Camt;

/// <summary>One of the three messages that list entries of an account.</summary>
/// <param name="Format">The message without its version.</param>
/// <param name="Container">The element below <c>Document</c>.</param>
/// <param name="Statement">The element of one statement, report or notification.</param>
/// <param name="ListsBookings">True if an entry without a status is booked.</param>
internal sealed record CamtKind(string Format, string Container, string Statement, bool ListsBookings)
{
    private const string Namespace = "urn:iso:std:iso:20022:tech:xsd:";
    private const int VersionDigits = 2;

    /// <summary>What is read, for messages.</summary>
    public const string Known =
        "Statements are read from camt.053, camt.052 and camt.054, in "
        + $"{Namespace}camt.053.001.NN, …052.001.NN and …054.001.NN, in every version NN.";

    private static readonly CamtKind[] All =
    [
        new("camt.053", "BkToCstmrStmt", "Stmt", true),
        new("camt.052", "BkToCstmrAcctRpt", "Rpt", false),
        new("camt.054", "BkToCstmrDbtCdtNtfctn", "Ntfctn", false),
    ];

    /// <summary>The message of a container; null if it is another element.</summary>
    public static CamtKind? Of(string container) => Array.Find(All, kind => kind.Container == container);

    /// <summary>
    /// Finds message and version in a namespace. Some banks misspell what stands before them, and some write none.
    /// </summary>
    /// <param name="name">The namespace.</param>
    /// <param name="format">For example <c>camt.053.001.08</c>; null if there is no namespace.</param>
    /// <returns>False if the namespace is that of something else.</returns>
    public static bool TryFormat(string name, out string? format)
    {
        format = null;
        if (name.Length == 0)
            return true;
        foreach (var kind in All)
        {
            var start = $"{kind.Format}.001.";
            if (name.IndexOf(start, StringComparison.Ordinal) is >= 0 and var at)
            {
                var version = name.AsSpan(at + start.Length);
                if (version.Length < VersionDigits || !char.IsAsciiDigit(version[0]) || !char.IsAsciiDigit(version[1]))
                    return false;
                format = start + version[..VersionDigits].ToString();
                return true;
            }
        }

        return false;
    }
}
