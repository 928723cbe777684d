using Paydown.Lending.Matching;
using Shouldly;
using Xunit;

namespace Paydown.Lending.Tests.Matching;

public sealed class SuggestionRulesTests
{
    private readonly Lender lender = new();

    [Fact]
    public void Two_transfers_that_make_up_a_report_are_suggested_together()
    {
        var report = lender.AddReport(lender.Ada, 500_00);
        var first = lender.NewEntryId();
        var entry = Lender.Credit(250_00, lender.Ada.Reference);
        lender.Decide(first, entry).Outcome.ShouldBe(MatchOutcome.Decide);
        lender.Decide(entry).Outcome.ShouldBe(MatchOutcome.Decide);
        var suggestion = lender.Suggest(entry)[0];
        suggestion.Kind.ShouldBe(SuggestionKind.CompletesReport);
        suggestion.With.ShouldContain(first);
        suggestion.Parts.ShouldBe([new MatchPart(lender.Ada.Id, report.Id, Kobo(250_00))]);
    }

    [Fact]
    public void A_transfer_for_two_loans_is_split_by_their_reports()
    {
        lender.AddReport(lender.Ada, 100_00);
        var ada = lender.AddReport(lender.Ada, 200_00);
        var ben = lender.AddReport(lender.Ben, 300_00);
        var suggestion = lender.Suggest(Lender.Credit(500_00, $"{lender.Ada.Reference} {lender.Ben.Reference}"))[0];
        suggestion.Kind.ShouldBe(SuggestionKind.SplitsOverLoans);
        suggestion.Parts.ShouldBe([
            new MatchPart(lender.Ada.Id, ada.Id, Kobo(200_00)),
            new MatchPart(lender.Ben.Id, ben.Id, Kobo(300_00)),
        ]);
    }

    [Fact]
    public void A_mistyped_reference_is_suggested_with_its_distance()
    {
        var reference = lender.Ada.Reference;
        var swapped = $"{reference[..8]}{reference[9]}{reference[8]}{reference[10..]}";
        var suggestion = lender.Suggest(Lender.Credit(500_00, $"TRF {swapped} ADA"))[0];
        suggestion.Kind.ShouldBe(SuggestionKind.SimilarReference);
        suggestion.Parts[0].LoanId.ShouldBe(lender.Ada.Id);
        suggestion.Reason.ShouldBe($"{swapped} in it differs from the reference {reference} by 2 characters.");
        lender.Suggest(Lender.Credit(500_00, $"TRF {reference[..^3]} ADA")).ShouldBeEmpty();
    }

    [Fact]
    public void The_payers_account_and_name_are_suggested_and_the_surer_comes_first()
    {
        var byName = lender.AddReport(lender.Ben, 500_00);
        var byAccount = lender.AddReport(lender.Ada, 900_00, daysBefore: 30, account: Lender.AdaAccount);
        var suggestions = lender.Suggest(
            Lender.Credit(500_00, "TRF FROM BEN C. EXAMPLE") with
            {
                CounterpartyAccount = Lender.AdaAccount,
            }
        );
        suggestions.Select(each => each.Kind).ShouldBe([SuggestionKind.SameAccount, SuggestionKind.SameNameAndAmount]);
        suggestions.Select(each => each.Parts[0].RepaymentId!.Value).ShouldBe([byAccount.Id, byName.Id]);
    }

    [Fact]
    public void What_an_officer_assigned_comes_before_the_customers_own_accounts_and_never_decides()
    {
        lender.Candidates = lender.Candidates with
        {
            PayersLoans =
            [
                new(Lender.AdaAccount, lender.Ada.Id, WasAssigned: false),
                new(Lender.AdaAccount, lender.Ben.Id, WasAssigned: true),
            ],
        };
        var entry = Lender.Credit(500_00) with { CounterpartyAccount = Lender.AdaAccount };
        lender.Decide(entry).Outcome.ShouldBe(MatchOutcome.Unmatched);
        lender
            .Suggest(entry)
            .Select(each => (each.Kind, each.Parts[0].LoanId))
            .ShouldBe([(SuggestionKind.PaidBefore, lender.Ben.Id), (SuggestionKind.CustomersAccount, lender.Ada.Id)]);
    }

    [Fact]
    public void Equal_reports_are_both_suggested()
    {
        lender.AddReport(lender.Ada, 500_00, words: "TX-91274");
        lender.AddReport(lender.Ben, 500_00, words: "TX-91274");
        lender
            .Suggest(Lender.Credit(500_00, "TX 91274"))
            .Select(each => each.Kind)
            .ShouldBe([SuggestionKind.OneOfSeveral, SuggestionKind.OneOfSeveral]);
    }

    [Fact]
    public void Money_out_and_a_loan_that_takes_no_money_get_no_suggestion()
    {
        lender.Change(lender.Ada with { Collector = "Example Collectors" });
        lender.AddReport(lender.Ada, 500_00);
        lender.Suggest(Lender.Credit(500_00, lender.Ada.Reference)).ShouldBeEmpty();
        lender.Suggest(Lender.Credit(-500_00, lender.Ben.Reference)).ShouldBeEmpty();
    }

    [Fact]
    public void A_lookup_finds_the_references_that_one_mistake_hides()
    {
        var reference = lender.Ada.Reference;
        string[] typed =
        [
            reference.Remove(6, 1),
            reference.Insert(7, "X"),
            $"{reference[..9]}#{reference[10..]}".Replace('#', reference[9] == 'Q' ? 'P' : 'Q'),
            $"{reference[..8]}{reference[9]}{reference[8]}{reference[10..]}",
        ];
        foreach (var text in typed)
        {
            var looked = CandidateKeys.SimilarReferencesOf(Lender.Credit(1_00, $"TRF {text} ADA"));
            looked.ShouldContain(reference);
            looked.Count.ShouldBeLessThan(200);
        }
    }
}
