namespace Paydown.Server.Platform.Http;

/// <summary>Suggests the intended name for an unknown one.</summary>
internal static class NearestName
{
    private const int LengthMax = 64;

    /// <summary>The message for an unknown query parameter.</summary>
    public static string UnknownParameter(string name, IReadOnlyList<Field> fields) =>
        Unknown(name, [.. fields.Select(field => field.Name)], "parameter");

    /// <summary>The message for an unknown field of an object.</summary>
    public static string UnknownField(string name, IReadOnlyList<Field> fields) =>
        Unknown(name, [.. fields.Where(field => field.Type != FieldType.Fixed).Select(field => field.Name)], "field");

    /// <summary>The most similar known name; null if none is similar enough.</summary>
    public static string? Find(string name, IReadOnlyList<string> known)
    {
        if (name.Length > LengthMax)
            return null;
        string? nearest = null;
        var least = Math.Max(1, name.Length / 3) + 1;
        foreach (var candidate in known)
        {
            var distance = Distance(name.ToUpperInvariant(), candidate.ToUpperInvariant());
            if (distance < least)
                (nearest, least) = (candidate, distance);
        }

        return nearest;
    }

    private static string Unknown(string name, IReadOnlyList<string> known, string kind)
    {
        if (Find(name, known) is { } nearest)
            return $"is not a known {kind}; did you mean {nearest}?";
        return known.Count == 0
            ? $"is not a known {kind}; this call takes none."
            : $"is not a known {kind}; known here: {string.Join(", ", known)}.";
    }

    // Optimal string alignment: insertions, deletions, substitutions and swapped neighbours.
    private static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
            rows[i, 0] = i;
        for (var j = 0; j <= b.Length; j++)
            rows[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var isSame = a[i - 1] == b[j - 1];
                rows[i, j] = Math.Min(
                    Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1,
                    rows[i - 1, j - 1] + (isSame ? 0 : 1)
                );
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
            }
        }

        return rows[a.Length, b.Length];
    }
}
