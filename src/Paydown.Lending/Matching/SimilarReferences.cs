using Paydown.Lending.Repayments;

namespace Paydown.Lending.Matching;

/// <summary>References that differ little from what somebody has typed. They are suggested, and never decide.</summary>
internal static class SimilarReferences
{
    /// <summary>Two references that differ by more characters are not similar.</summary>
    public const int DistanceMax = 2;

    private const string Characters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    // RF is not mistyped: it is how the words are found.
    private const int FirstTyped = 2;

    /// <summary>
    /// All references with right check digits that one mistake makes of these characters: a wrong, missing or
    /// additional character, or two swapped ones. The check digits leave about one of 97, so a database can look them
    /// up: some 15 per word.
    /// </summary>
    public static IEnumerable<string> OneMistakeFrom(string typed) =>
        Edited(typed).Where(CreditorReference.IsElectronic);

    /// <summary>
    /// How many characters must be changed, added or left out to make one text of the other (Levenshtein). Above
    /// <see cref="DistanceMax"/> the result is only known to be above it.
    /// </summary>
    public static int Distance(string one, string other)
    {
        if (Math.Abs(one.Length - other.Length) > DistanceMax)
            return DistanceMax + 1;
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var (diagonal, least) = (row[0], row[0] = i);
            for (var j = 1; j <= other.Length; j++)
            {
                var changed = diagonal + (one[i - 1] == other[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(changed, Math.Min(row[j], row[j - 1]) + 1);
                least = Math.Min(least, row[j]);
            }

            if (least > DistanceMax)
                return DistanceMax + 1;
        }

        return row[other.Length];
    }

    private static IEnumerable<string> Edited(string typed)
    {
        for (var i = FirstTyped; i <= typed.Length; i++)
        {
            foreach (var c in Characters)
                yield return typed.Insert(i, c.ToString());
            if (i == typed.Length)
                yield break;
            var (before, after) = (typed[..i], typed[(i + 1)..]);
            yield return before + after;
            foreach (var c in Characters)
                yield return before + c + after;
            if (after.Length > 0)
                yield return before + after[0] + typed[i] + after[1..];
        }
    }
}
