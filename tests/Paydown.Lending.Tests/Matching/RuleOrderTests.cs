using Paydown.Lending.Loans;
using Paydown.Lending.Matching;
using Paydown.Lending.Statements;
using Paydown.Lending.Wallets;
using Shouldly;
using Xunit;

namespace Paydown.Lending.Tests.Matching;

/// <summary>
/// Holds the order of the rules: an entry that several of them fit loses one reason after another, and each time the
/// next rule decides.
/// </summary>
public sealed class RuleOrderTests
{
    [Fact]
    public void Money_in_is_decided_by_the_first_rule_that_applies()
    {
        var lender = new Lender();
        var transfer = lender.AddTransfer(500_00);
        lender.Candidates = lender.Candidates with { OwnAccounts = [Lender.AdaAccount] };
        lender.Change(lender.Ada with { State = LoanStatus.Closed });
        lender.AddReport(lender.Ben, 500_00, words: "TX-91274");
        var cleo = lender.AddLoan("CLEO123456");
        lender.AddReport(cleo, 700_00);
        var dan = lender.AddLoan("DAN1234567");
        var eve = lender.AddLoan("EVE1234567");
        lender.AddReport(eve, 500_00, words: "PAY/24680", account: "0000077777");
        lender.AddReport(eve, 500_00, account: "0000088888");

        var entry = Lender.Credit(500_00) with
        {
            Text = $"{TransferReference.Of(transfer.Id)} {lender.Ada.Reference} {lender.Ben.Reference} PAY/24680 ",
            CounterpartyAccount = Lender.AdaAccount,
            ReturnReason = "AC04",
            IsReversal = true,
            TransactionCode = "ACMT/MCOP/INTR",
            DetailsDiffer = true,
        };
        var decided = new List<MatchRule>();
        void Next(Func<StatementEntry, StatementEntry> change)
        {
            entry = change(entry);
            decided.Add(lender.Decide(entry).Rule);
        }

        Next(e => e);
        Next(e => e with { Text = e.Text!.Replace(TransferReference.Of(transfer.Id), "") });
        Next(e => e with { ReturnReason = null });
        Next(e => e with { IsReversal = false });
        Next(e => e with { CounterpartyAccount = null });
        Next(e => e with { TransactionCode = null });
        Next(e => e with { DetailsDiffer = false });
        Next(e => e with { Text = e.Text!.Replace(lender.Ben.Reference, "") });
        Next(e => e with { Text = e.Text!.Replace(lender.Ada.Reference, lender.Ben.Reference) });
        Next(e => e with { Text = e.Text!.Replace(lender.Ben.Reference, cleo.Reference) });
        Next(e => e with { Text = e.Text!.Replace(cleo.Reference, dan.Reference) });
        Next(e =>
            e with
            {
                Text = e.Text!.Replace(dan.Reference, ""),
                Reference = "RF18539007547034",
                CounterpartyAccount = "0000088888",
            }
        );
        Next(e => e with { Text = null });
        Next(e => e with { Reference = null });
        Next(e => e with { CounterpartyAccount = null });
        decided.ShouldBe([
            MatchRule.Transfer,
            MatchRule.TakenBack,
            MatchRule.TakenBack,
            MatchRule.OwnAccount,
            MatchRule.OfTheBank,
            MatchRule.DetailsDiffer,
            MatchRule.SeveralLoans,
            MatchRule.LoanTakesNoMoney,
            MatchRule.ReferenceAndAmount,
            MatchRule.AmountDiffers,
            MatchRule.ReferenceAlone,
            MatchRule.OwnWords,
            MatchRule.OtherCreditor,
            MatchRule.AccountAndAmount,
            MatchRule.None,
        ]);
    }

    [Fact]
    public void Money_out_is_decided_by_the_first_rule_that_applies()
    {
        var lender = new Lender();
        var transfer = lender.AddTransfer(500_00);
        var returned = new CandidateReturn(lender.NewEntryId(), Kobo(500_00), Lender.AdaAccount, Lender.Today);
        lender.Candidates = lender.Candidates with
        {
            OwnAccounts = [Lender.AdaAccount],
            Returns = [returned],
            Credits = [new(lender.NewEntryId(), Lender.Credit(500_00) with { BankReference = "982609" })],
        };
        var entry = Lender.Credit(-500_00) with
        {
            Text = $"STAMP DUTY {TransferReference.Of(transfer.Id)} {ReturnReference.Of(returned.EntryId)}",
            CounterpartyAccount = Lender.AdaAccount,
            BankReference = "982609",
            IsReversal = true,
            TransactionCode = "ACMT/MDOP/INTR",
        };
        var decided = new List<(MatchRule, MatchOutcome)>();
        void Next(Func<StatementEntry, StatementEntry> change)
        {
            entry = change(entry);
            var decision = lender.Decide(entry);
            decided.Add((decision.Rule, decision.Outcome));
        }

        Next(e => e);
        Next(e => e with { Text = $"STAMP DUTY {ReturnReference.Of(returned.EntryId)}" });
        Next(e => e with { CounterpartyAccount = null });
        Next(e => e with { Text = "STAMP DUTY" });
        Next(e => e with { BankReference = null });
        Next(e => e with { IsReversal = false });
        Next(e => e with { Text = "OTHER" });
        Next(e => e with { TransactionCode = null });
        decided.ShouldBe([
            (MatchRule.Transfer, MatchOutcome.Settle),
            (MatchRule.OwnAccount, MatchOutcome.OwnTransfer),
            (MatchRule.ReturnToPayer, MatchOutcome.SendBack),
            (MatchRule.TakenBack, MatchOutcome.Reverse),
            (MatchRule.TakenBack, MatchOutcome.Decide),
            (MatchRule.OfTheBank, MatchOutcome.BankCharge),
            (MatchRule.OfTheBank, MatchOutcome.BankInterest),
            (MatchRule.None, MatchOutcome.Unmatched),
        ]);
    }
}
