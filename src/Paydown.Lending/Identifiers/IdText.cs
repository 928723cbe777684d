namespace Paydown.Lending.Identifiers;

/// <summary>Reads ids from text.</summary>
public static class IdText
{
    /// <summary>Reads an id in a format of <see cref="Guid"/>: <c>D</c> with hyphens, or <c>N</c> without.</summary>
    public static bool TryParse<TId>(ReadOnlySpan<char> text, ReadOnlySpan<char> format, out TId id)
        where TId : struct, IId<TId>
    {
        var isRead = Guid.TryParseExact(text, format, out var value);
        id = TId.Of(value);
        return isRead;
    }
}
