namespace Paydown.Client;

/// <summary>One page of a list.</summary>
/// <param name="Records">The records of this page.</param>
/// <param name="Number">The number of this page, from 1.</param>
/// <param name="Size">How many records a page has.</param>
/// <param name="Total">How many records there are on all pages.</param>
public sealed record Page<T>(IReadOnlyList<T> Records, int Number, int Size, long Total)
{
    /// <summary>Whether no page comes after it.</summary>
    public bool IsLast => Records.Count == 0 || (long)Number * Size >= Total;
}

/// <summary>What the server allows of a page.</summary>
internal static class Page
{
    public const int SizeMax = 50;
}
