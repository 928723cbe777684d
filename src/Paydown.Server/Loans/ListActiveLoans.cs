using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Loans;

/// <summary>Lists the loans that a customer is repaying, newest first.</summary>
public sealed class ListActiveLoans(CustomerLoansReading reading) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("List the loans that a customer is repaying")
            .Returns<IReadOnlyList<LoanView>>()
            .Refuses(Refusals.NotYourOwn(), Refusals.NotFound("customer"));

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var read = await reading.ReadAsync(call, call.Path(LoanRoutes.CustomerId));
        if (read.IsRefused)
            return Answer.Refused(read.Refusal);
        var (customer, organisation, today, stored) = read.Value;
        return Answer.Success(
            stored
                .Select(stored => (Stored: stored, Loan: stored.Replay(today)))
                .Where(pair => pair.Loan.Status is LoanStatus.Active or LoanStatus.InArrears)
                .Select(pair => LoanView.Of(pair.Stored, pair.Loan, customer, organisation))
                .ToList()
        );
    }
}
