using Paydown.Lending.Loans;
using Paydown.Lending.Terms;
using Paydown.Server.Commands;
using Xunit;
namespace Paydown.Lending.Tests.Loans;
public sealed class ScratchTests
{
    [Fact]
    public void Look()
    {
        var s = Scenario.Read(System.IO.File.ReadAllText("/work/shared/scenarios-t2/corpus/LoanMigration-1646.json"));
        var terms = s.Terms with { Recalculation = s.Terms.Recalculation! with { PreClosure = PreClosure.TillPreClosureDate } };
        foreach (var at in new[] { "2025-01-01", "2025-01-14", "2025-01-15", "2025-02-10" })
        {
            var h = new History(terms.Currency).Disburse("2025-01-01", 500_00).Add(LoanEventKind.MerchantIssuedRefund, History.Day("2025-01-01"), 100_00);
            if (string.CompareOrdinal(at, "2025-01-15") >= 0) h.Disburse("2025-01-15", 500_00);
            var loan = Loan.Replay(terms, h.Events, History.Day(at), History.Day(at));
            Console.WriteLine($"at {at}: payoff {loan.Payoff} paid {loan.Paid.Interest}");
            foreach (var r in loan.Installments) Console.WriteLine($"   {r.DueOn} due {r.Due.Principal}+{r.Due.Interest} paid {r.Paid.Principal}+{r.Paid.Interest} {r.PaidOn}");
        }
    }
}
