namespace Paydown.Client;

/// <summary>One page of a list.</summary>
/// <param name="Records">The records of this page.</param>
/// <param name="Number">The number of this page, from 1.</param>
/// <param name="Size">How many records a page has at most.</param>
/// <param name="Total">
/// How many records there are on all pages, as counted for the first page. The server counts up to a limit.
/// </param>
/// <param name="TotalIsExact">False: there are more records than <paramref name="Total"/> says.</param>
/// <param name="Next">
/// The cursor of the next page; null on the last page. With it no record comes twice and none is left out, whatever is
/// written meanwhile, and it reaches lists of any length; numbers reach the first 10,000 records.
/// </param>
public sealed record Page<T>(
    IReadOnlyList<T> Records,
    int Number,
    int Size,
    long Total,
    bool TotalIsExact = true,
    string? Next = null
)
{
    /// <summary>Whether no page comes after it.</summary>
    public bool IsLast => Next is null;
}

/// <summary>Which page of a list to read: by its number, or by the cursor that the page before it gave.</summary>
public readonly record struct PagePosition
{
    private PagePosition(int? number, string? after) => (Number, After) = (number, after);

    /// <summary>The number, from 1; null where a cursor says it.</summary>
    public int? Number { get; }

    /// <summary>The cursor; null where a number says it.</summary>
    public string? After { get; }

    /// <summary>The page with this number, from 1.</summary>
    public static implicit operator PagePosition(int number) => new(number, null);

    /// <summary>The page behind the one that gave this <see cref="Page{T}.Next"/>.</summary>
    public static implicit operator PagePosition(string next) => new(null, next);

    /// <summary>The page with this number, from 1.</summary>
    public static PagePosition FromInt32(int number) => number;

    /// <summary>The page behind the one that gave this <see cref="Page{T}.Next"/>.</summary>
    public static PagePosition FromString(string next) => next;
}

/// <summary>What the server allows of a page.</summary>
internal static class Page
{
    public const int SizeMax = 50;
}
