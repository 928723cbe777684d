namespace Paydown.Server.Platform.Identity;

/// <summary>
/// The canonical form of a token. Base64url decoders accept padding, white space and stray bits at the end, so one
/// signature could be written in many ways. Only the form that we write is accepted.
/// </summary>
internal static class TokenForm
{
    /// <summary>True for three parts of unpadded base64url without stray bits.</summary>
    public static bool IsCanonical(ReadOnlySpan<char> token)
    {
        var first = token.IndexOf('.');
        var last = token.LastIndexOf('.');
        return first > 0
            && last > first
            && IsCanonicalPart(token[..first])
            && IsCanonicalPart(token[(first + 1)..last])
            && IsCanonicalPart(token[(last + 1)..]);
    }

    private static bool IsCanonicalPart(ReadOnlySpan<char> part)
    {
        if (part.IsEmpty)
            return false;
        foreach (var c in part)
        {
            if (ValueOf(c) < 0)
                return false;
        }

        // Two remaining characters carry 12 bits for one byte, three carry 18 bits for two. The rest must be zero.
        return (part.Length % 4) switch
        {
            0 => true,
            2 => (ValueOf(part[^1]) & 0b1111) == 0,
            3 => (ValueOf(part[^1]) & 0b11) == 0,
            _ => false,
        };
    }

    private static int ValueOf(char c) =>
        c switch
        {
            >= 'A' and <= 'Z' => c - 'A',
            >= 'a' and <= 'z' => c - 'a' + 26,
            >= '0' and <= '9' => c - '0' + 52,
            '-' => 62,
            '_' => 63,
            _ => -1,
        };
}
