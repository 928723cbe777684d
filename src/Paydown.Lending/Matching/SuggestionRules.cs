using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using static Paydown.Lending.Matching.EntryReading;

namespace Paydown.Lending.Matching;

/// <summary>Finds what an entry that waits may be. Each suggestion has its reason.</summary>
internal static class SuggestionRules
{
    private const int SuggestionsMax = 5;

    // Splits are looked for among the first reports of each loan only.
    private const int ReportsPerLoanMax = 5;
    private const int LoansPerSplitMax = 4;

    /// <summary>Returns at most five suggestions, the best first.</summary>
    public static IReadOnlyList<MatchSuggestion> Find(StatementEntryId id, EntryReading entry, CandidateBook book) =>
        [
            .. CompletedReports(id, entry, book)
                .Concat(Splits(entry, book))
                .Concat(NamedLoan(entry, book))
                .Concat(OfPayer(entry, book, assigned: true))
                .Concat(EqualAmounts(entry, book))
                .Concat(SimilarReferences(entry, book))
                .Concat(SameAccount(entry, book))
                .Concat(OfPayer(entry, book, assigned: false))
                .Concat(SameName(entry, book))
                .DistinctBy(suggestion => (suggestion.Parts[0], suggestion.Parts.Count))
                .Take(SuggestionsMax),
        ];

    private static IEnumerable<MatchSuggestion> CompletedReports(
        StatementEntryId id,
        EntryReading entry,
        CandidateBook book
    )
    {
        if (PayableLoan(entry) is not { } loan)
            yield break;
        var others = book.WaitingFor(loan.Id).Where(other => other.Id != id).ToList();
        foreach (var report in book.OpenReportsOf(loan.Id).Where(report => report.Amount > entry.Amount))
        {
            var missing = report.Amount - entry.Amount;
            var with =
                others.Find(other => other.Entry.Amount == missing) is { } one ? [one]
                : Money.Sum(others.Select(other => other.Entry.Amount), missing.Currency) == missing ? others
                : [];
            if (with.Count == 0)
                continue;
            var entries = with.Count == 1 ? "entry" : "entries";
            var days = string.Join(", ", with.Select(other => Write(other.Entry.BookedOn)));
            yield return Pays(
                SuggestionKind.CompletesReport,
                entry,
                report,
                $"With the {entries} of {days} it makes up the report of {report.Amount} "
                    + $"of {Write(report.PaidOn)}."
            ) with
            {
                With = [.. with.Select(other => other.Id)],
            };
        }
    }

    // One report of each loan, so that their sum is the entry.
    private static IEnumerable<MatchSuggestion> Splits(EntryReading entry, CandidateBook book)
    {
        if (
            entry.Named.Count is < 2 or > LoansPerSplitMax
            || entry.Named.Any(loan => loan.FindObstacle(entry.Amount) is not null)
        )
            return [];
        IEnumerable<IReadOnlyList<CandidateReport>> choices =
        [
            [],
        ];
        foreach (var loan in entry.Named)
        {
            var reports = book.OpenReportsOf(loan.Id)
                .Where(report => report.Amount < entry.Amount)
                .OrderBy(report => Math.Abs(entry.DaysAfter(report)))
                .Take(ReportsPerLoanMax)
                .ToList();
            choices = choices.SelectMany(chosen => reports, (chosen, report) => (CandidateReport[])[.. chosen, report]);
        }

        return choices
            .Where(chosen => Money.Sum(chosen.Select(report => report.Amount), entry.Amount.Currency) == entry.Amount)
            .Select(chosen => new MatchSuggestion(
                SuggestionKind.SplitsOverLoans,
                [.. chosen.Select(report => new MatchPart(report.LoanId, report.Id, report.Amount))],
                $"The reports of its loans make up {entry.Amount}: "
                    + $"{string.Join(" and ", chosen.Select(report => report.Amount))}."
            ))
            .Take(1);
    }

    private static IEnumerable<MatchSuggestion> NamedLoan(EntryReading entry, CandidateBook book)
    {
        if (PayableLoan(entry) is not { } loan)
            return [];
        var reports = book.OpenReportsOf(loan.Id)
            .OrderBy(report => Math.Abs(entry.DaysAfter(report)))
            .Select(report =>
                Pays(
                    SuggestionKind.NamesLoan,
                    entry,
                    report,
                    $"It names the loan {loan.Reference}, whose report of {Write(report.PaidOn)} is {report.Amount}."
                )
            );
        var alone = new MatchSuggestion(
            SuggestionKind.NamesLoan,
            [new(loan.Id, null, entry.Amount)],
            $"It names the loan {loan.Reference}. Nobody has to have reported it."
        );
        return reports.Append(alone);
    }

    // What an officer has taught, or the customer's own list of accounts.
    private static IEnumerable<MatchSuggestion> OfPayer(EntryReading entry, CandidateBook book, bool assigned) =>
        from loan in book.LoansOf(entry.Entry.CounterpartyAccount, assigned)
        where loan.FindObstacle(entry.Amount) is null
        let report = book.OpenReportsOf(loan.Id)
            .Where(report => report.Amount == entry.Amount)
            .MinBy(report => Math.Abs(entry.DaysAfter(report)))
        select new MatchSuggestion(
            assigned ? SuggestionKind.PaidBefore : SuggestionKind.CustomersAccount,
            [new(loan.Id, report?.Id, entry.Amount)],
            (
                assigned
                    ? $"An officer assigned money of this account to the loan {loan.Reference} before"
                    : $"The account is one of the customer's, who has the loan {loan.Reference}"
            ) + (report is null ? "." : $", and the amount is that of its report of {Write(report.PaidOn)}.")
        );

    private static IEnumerable<MatchSuggestion> EqualAmounts(EntryReading entry, CandidateBook book) =>
        from report in Payable(entry, book, book.OpenReportsOf(entry.Amount))
        let hasWords = report.OwnReference is { } words && entry.Texts.HasWords(words)
        let hasAccount = entry.IsNear(report) && HasAccountOf(entry, report)
        where hasWords || hasAccount
        let what = hasWords ? $"words \"{report.OwnReference}\"" : "account"
        select Pays(
            SuggestionKind.OneOfSeveral,
            entry,
            report,
            $"The payer's {what} and the amount are those of the report of {Write(report.PaidOn)}."
        );

    private static IEnumerable<MatchSuggestion> SimilarReferences(EntryReading entry, CandidateBook book)
    {
        if (entry.Named.Count > 0)
            return [];
        var typed = entry.Texts.ReferenceWords().ToList();
        if (typed.Count == 0)
            return [];
        return from loan in book.Loans
            where loan.FindObstacle(entry.Amount) is null
            let nearest = typed.MinBy(word => Matching.SimilarReferences.Distance(word, loan.Reference))!
            let distance = Matching.SimilarReferences.Distance(nearest, loan.Reference)
            where distance <= Matching.SimilarReferences.DistanceMax
            let report = book.OpenReportsOf(loan.Id).FirstOrDefault(report => report.Amount == entry.Amount)
            orderby report is null, distance, loan.Reference
            select new MatchSuggestion(
                SuggestionKind.SimilarReference,
                [new(loan.Id, report?.Id, entry.Amount)],
                $"{nearest} in it differs from the reference {loan.Reference} by {distance} "
                    + (distance == 1 ? "character" : "characters")
                    + (report is null ? "." : $", and the amount is that of its report of {Write(report.PaidOn)}.")
            );
    }

    private static IEnumerable<MatchSuggestion> SameAccount(EntryReading entry, CandidateBook book) =>
        from report in Payable(entry, book, book.OpenReports())
        where HasAccountOf(entry, report)
        orderby report.Amount != entry.Amount, Math.Abs(entry.DaysAfter(report)), report.Id.Value
        select Pays(
            SuggestionKind.SameAccount,
            entry,
            report,
            $"The payer's account is that of the report of {report.Amount} of {Write(report.PaidOn)}."
        );

    private static IEnumerable<MatchSuggestion> SameName(EntryReading entry, CandidateBook book)
    {
        var words = WordsOf($"{entry.Entry.CounterpartyName} {entry.Entry.Text}");
        return from report in Payable(entry, book, book.OpenReportsOf(entry.Amount))
            let name = book.LoanOf(report).CustomerName
            where name is not null && WordsOf(name) is { Count: > 1 } names && names.IsSubsetOf(words)
            orderby Math.Abs(entry.DaysAfter(report)), report.Id.Value
            select Pays(
                SuggestionKind.SameNameAndAmount,
                entry,
                report,
                $"The name {name} is in it, and the amount is that of the report of {Write(report.PaidOn)}. "
                    + "Names alone prove nothing."
            );
    }

    private static MatchSuggestion Pays(
        SuggestionKind kind,
        EntryReading entry,
        CandidateReport report,
        string reason
    ) => new(kind, [new(report.LoanId, report.Id, entry.Amount)], reason);

    private static CandidateLoan? PayableLoan(EntryReading entry) =>
        entry.OnlyNamed is { } loan && loan.FindObstacle(entry.Amount) is null ? loan : null;

    private static IEnumerable<CandidateReport> Payable(
        EntryReading entry,
        CandidateBook book,
        IEnumerable<CandidateReport> reports
    ) => reports.Where(report => book.LoanOf(report).FindObstacle(entry.Amount) is null);

    private static bool HasAccountOf(EntryReading entry, CandidateReport report) =>
        EntryTexts.IsSameAccount(report.PayerAccount, entry.Entry.CounterpartyAccount);

    private static HashSet<string> WordsOf(string text) =>
        [
            .. string.Concat(text.Select(c => char.IsLetterOrDigit(c) ? char.ToUpperInvariant(c) : ' '))
                .Split(' ', StringSplitOptions.RemoveEmptyEntries),
        ];
}
