using System.Collections.Frozen;

namespace Paydown.Server.Platform.Identity;

/// <summary>
/// What an API token may do. A route requires one scope; a token has one or more. Scopes restrict the rights of a
/// manager and never add to them.
/// </summary>
[Flags]
public enum Scopes
{
    None = 0,
    RepaymentsRead = 1 << 0,
    RepaymentsVerify = 1 << 1,
    LoansRead = 1 << 2,
    LoansWrite = 1 << 3,
    ProductsRead = 1 << 4,
    ProductsWrite = 1 << 5,
    ApplicationsRead = 1 << 6,
    ApplicationsDecide = 1 << 7,
    CustomersRead = 1 << 8,
    AuditRead = 1 << 9,
    RepaymentsRecord = 1 << 10,
    LedgerRead = 1 << 11,
    WebhooksRead = 1 << 12,
    WebhooksWrite = 1 << 13,
    EventsRead = 1 << 14,
    StatementsRead = 1 << 15,
    StatementsImport = 1 << 16,
}

/// <summary>The names of scopes in the database and the API, for example <c>repayments:verify</c>.</summary>
public static class ScopeWords
{
    private static readonly (Scopes Scope, string Word)[] Table =
    [
        .. Enum.GetValues<Scopes>().Where(scope => scope != Scopes.None).Select(scope => (scope, Written(scope))),
    ];

    private static readonly FrozenDictionary<string, Scopes> ByWord = Table.ToFrozenDictionary(
        row => row.Word,
        row => row.Scope,
        StringComparer.Ordinal
    );

    /// <summary>The names of all scopes.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Table.Select(row => row.Word)];

    /// <summary>Returns the names of scopes, each once, always in the same order.</summary>
    public static string[] Write(Scopes scopes) =>
        [.. Table.Where(row => (row.Scope & scopes) != Scopes.None).Select(row => row.Word)];

    /// <summary>
    /// Returns the scopes with these names. An unknown name, written by a later version, allows nothing.
    /// </summary>
    public static Scopes Read(IEnumerable<string> words) =>
        words.Aggregate(Scopes.None, (scopes, word) => scopes | ByWord.GetValueOrDefault(word));

    // RepaymentsVerify becomes repayments:verify; the second capital starts the second word.
    private static string Written(Scopes scope)
    {
        var name = scope.ToString();
        var second = name.AsSpan(1).IndexOfAnyInRange('A', 'Z') + 1;
        return $"{name[..second].ToLowerInvariant()}:{name[second..].ToLowerInvariant()}";
    }
}
