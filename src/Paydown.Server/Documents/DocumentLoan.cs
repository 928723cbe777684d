using Npgsql;
using Paydown.Lending.Loans;
using Paydown.Lending.Outcomes;
using Paydown.Server.Customers;
using Paydown.Server.Loans;
using Paydown.Server.Organisations;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Pdf;

namespace Paydown.Server.Documents;

/// <summary>The loan of a document, with its customer.</summary>
internal sealed record DocumentLoan(StoredLoan Stored, Customer Customer)
{
    /// <summary>Returns the loan that the path names, or a refusal if the caller has no such loan.</summary>
    public static async Task<Result<DocumentLoan>> FindAsync(NpgsqlConnection connection, Call call)
    {
        var accountId = call.Path(DocumentRoutes.AccountId);
        var organisationId = call.Caller.OrganisationId;
        var stored = call.Caller.IsOfficer
            ? await LoanStore.FindInOrganisationAsync(
                connection,
                organisationId,
                accountId,
                forUpdate: false,
                call.Cancellation
            )
            : await LoanStore.FindAsync(
                connection,
                call.Caller.CustomerId,
                accountId,
                forUpdate: false,
                call.Cancellation
            );
        if (stored is null)
            return Refusals.NotFound("loan account");
        var customer = await CustomerStore.FindAsync(connection, organisationId, stored.CustomerId, call.Cancellation);
        return new DocumentLoan(stored, customer!);
    }

    /// <summary>Begins a document about the loan.</summary>
    /// <param name="title">Its title.</param>
    /// <param name="organisation">The lender.</param>
    /// <param name="writtenAt">The instant that it states as that of its creation.</param>
    /// <param name="period">What it covers.</param>
    public Paper Begin(string title, Organisation organisation, DateTimeOffset writtenAt, (string, string?) period)
    {
        var paper = new Paper(PaperSize.A4, title, organisation.Name, writtenAt);
        paper.Facts(
            ("Customer", Customer.Name),
            ("Loan", Stored.ProductName),
            ("Payment reference", Stored.Reference),
            ("Loan amount", PaperText.Amount(Stored.Terms.Principal)),
            ("Amounts in", Stored.Currency.Code),
            period
        );
        return paper;
    }

    /// <summary>Adds where the loan stands.</summary>
    public void WriteBalances(Paper paper, Loan loan) =>
        paper.Facts(
            ("Principal left", PaperText.Amount(Stored.Money(loan.Outstanding.Principal))),
            ("Outstanding in all", PaperText.Amount(Stored.Money(loan.Outstanding.Total))),
            ("Paid beyond that", loan.Overpaid.IsPositive ? PaperText.Amount(loan.Overpaid) : null)
        );
}
