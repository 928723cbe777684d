using Paydown.Server.Commands;

namespace Paydown.Lending.Tests.Matching;

/// <summary>An entry and what it is.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Kind">The kind of case, for example <c>rfTypoAccount</c>.</param>
/// <param name="Truth">The right outcomes, the wanted one first: <c>RECORD l7 | DECIDE</c>.</param>
internal sealed record LabelledEntry(SetEntry Entry, string Kind, string Truth);

/// <summary>Compares the decisions about a set with what its entries are.</summary>
internal sealed record LabelledSet(MatchingSet Set, IReadOnlyList<LabelledEntry> Entries)
{
    private static readonly string[] Automatic = ["VERIFY", "CONFIRM", "RECORD", "REVERSE", "SETTLE", "RETURNED"];

    /// <summary>Decides about all entries, and counts.</summary>
    public MatchingScore Score()
    {
        var outcomes = Set.Decide().ToDictionary(decided => decided.EntryId, decided => decided.Outcome);
        var score = new MatchingScore();
        foreach (var (entry, kind, truth) in Entries)
        {
            var (right, got) = (truth.Split(" | "), outcomes[entry.Id]);
            var isRight = right.Contains(got) || right.Contains(VerbOf(got));
            var isWanted = Automatic.Contains(VerbOf(right[0]));
            score.Count(kind, isRight, isWanted, got == right[0]);
            if (!isRight)
                score.Wrong.Add($"{entry.Id}, {kind}: {got} instead of {truth}: {entry.Text} {entry.Reference}");
            if (!isRight && Automatic.Contains(VerbOf(got)))
                score.False.Add(score.Wrong[^1]);
        }

        return score;
    }

    private static string VerbOf(string outcome) => outcome.Split(' ')[0];
}

/// <summary>How many decisions were right.</summary>
internal sealed class MatchingScore
{
    private readonly Dictionary<string, (int All, int Right, int Wanted, int Got)> kinds = [];

    /// <summary>Automatic outcomes that are not the truth.</summary>
    public List<string> False { get; } = [];

    /// <summary>All outcomes that are not the truth.</summary>
    public List<string> Wrong { get; } = [];

    public IReadOnlyCollection<string> Kinds => kinds.Keys;

    public int All => kinds.Values.Sum(kind => kind.All);

    /// <summary>The least share, over the kinds, of entries with an automatic truth that got it, in percent.</summary>
    public int RecallPercent => kinds.Values.Where(kind => kind.Wanted > 0).Min(kind => 100 * kind.Got / kind.Wanted);

    public void Count(string kind, bool isRight, bool isWanted, bool isGot)
    {
        var (all, right, wanted, got) = kinds.GetValueOrDefault(kind);
        kinds[kind] = (all + 1, right + One(isRight), wanted + One(isWanted), got + One(isWanted && isGot));
    }

    private static int One(bool isTrue) => isTrue ? 1 : 0;
}
