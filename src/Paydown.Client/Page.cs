namespace Paydown.Client;

/// <summary>One page of a list.</summary>
/// <param name="Records">The records of this page.</param>
/// <param name="Number">The number of this page, from 1.</param>
/// <param name="Size">The maximum number of records per page.</param>
/// <param name="Total">
/// The number of records on all pages, as counted for the first page. The server counts up to a limit.
/// </param>
/// <param name="TotalIsExact">False if there are more records than <paramref name="Total"/>.</param>
/// <param name="Next">
/// The cursor of the next page; null on the last page. Cursors reach the end of any list, and neither repeat nor skip a
/// record while others write. Page numbers reach the first 10,000 records.
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
    /// <summary>Whether this is the last page.</summary>
    public bool IsLast => Next is null;
}

/// <summary>Selects a page of a list: by its number, or by the cursor from the page before it.</summary>
public readonly record struct PagePosition
{
    private PagePosition(int? number, string? after) => (Number, After) = (number, after);

    /// <summary>The page number, from 1; null if a cursor is given.</summary>
    public int? Number { get; }

    /// <summary>The cursor; null if a number is given.</summary>
    public string? After { get; }

    /// <summary>The page with this number, from 1.</summary>
    public static implicit operator PagePosition(int number) => new(number, null);

    /// <summary>The page that follows the one with this <see cref="Page{T}.Next"/>.</summary>
    public static implicit operator PagePosition(string next) => new(null, next);

    /// <summary>The page with this number, from 1.</summary>
    public static PagePosition FromInt32(int number) => number;

    /// <summary>The page that follows the one with this <see cref="Page{T}.Next"/>.</summary>
    public static PagePosition FromString(string next) => next;
}

/// <summary>Limits of the server's pages.</summary>
internal static class Page
{
    public const int SizeMax = 50;
}
