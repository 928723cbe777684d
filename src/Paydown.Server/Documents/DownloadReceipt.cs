using System.Data;
using Npgsql;
using Paydown.Lending.Outcomes;
using Paydown.Server.Loans;
using Paydown.Server.Organisations;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Pdf;
using Paydown.Server.Repayments;

namespace Paydown.Server.Documents;

/// <summary>
/// Writes the receipt of a repayment that counts: what arrived, what it paid and what was left. For one that does not
/// count, it confirms the report and says that it is no receipt.
/// </summary>
public sealed class DownloadReceipt(NpgsqlDataSource database, OrganisationDirectory organisations) : IUseCase
{
    private static readonly PaperColumn[] Columns =
    [
        new("No.", 2, IsAmount: false),
        new("Due", 4, IsAmount: false),
        new("Principal", 4),
        new("Interest", 4),
        new("Fees", 3),
        new("Penalties", 3),
    ];

    public static Contract Contract { get; } =
        new Contract("Download the receipt of a repayment as PDF")
            .ReturnsFile()
            .Refuses(Refusals.NotFound("repayment"));

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var organisation = await organisations.GetAsync(call.Caller.OrganisationId, call.Cancellation);
        var context = await organisations.ContextAsync(call);
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        await using var snapshot = await connection.BeginTransactionAsync(
            IsolationLevel.RepeatableRead,
            call.Cancellation
        );
        var repayment = await RepaymentDetailsStore.FindAsync(
            connection,
            organisation.Id,
            call.Path(DocumentRoutes.RepaymentId),
            context,
            call.Cancellation
        );
        if (repayment is null || (!call.Caller.IsOfficer && repayment.CustomerId != call.Caller.CustomerId))
            return Answer.Refused(Refusals.NotFound("repayment"));
        using var paper = Write(repayment, organisation);
        return PaperText.Send(paper, $"receipt-{repayment.PaymentDate:yyyy-MM-dd}-{repayment.Id}.pdf");
    }

    private static Paper Write(RepaymentDetails repayment, Organisation organisation)
    {
        var counts = repayment.VerificationStatus == "VERIFIED";
        var paper = new Paper(
            PaperSize.A5,
            counts ? "Receipt" : "Report of a repayment",
            organisation.Name,
            repayment.CreationDate
        );
        paper.Facts(
            ("Amount", PaperText.Amount(repayment.RepaymentAmount)),
            ("Paid on", PaperText.Day(repayment.PaymentDate)),
            ("From", repayment.CustomerName),
            ("By", PaperText.Word(repayment.LoanRepaymentMethodEnum)),
            ("Reference", repayment.RepaymentReference),
            ("Loan", repayment.LoanProductName),
            ("Loan reference", repayment.LoanReference),
            (counts ? "Receipt number" : "Report number", repayment.Id.ToString()),
            ("Recorded on", PaperText.Instant(repayment.CreationDate, organisation))
        );
        if (counts)
            WriteEffect(paper, repayment);
        else
            paper.Paragraph(StandingOf(repayment));
        PaperText.Contact(paper, organisation);
        return paper;
    }

    private static void WriteEffect(Paper paper, RepaymentDetails repayment)
    {
        paper.Heading("What it paid, by installment");
        paper.Table(Columns, [.. repayment.Allocation.Select(RowOf)]);
        paper.Facts(
            ("Beyond everything owed", repayment.Overpaid.IsPositive ? PaperText.Amount(repayment.Overpaid) : null),
            ("Principal left", PaperText.Amount(repayment.PrincipalBalance)),
            ("Outstanding in all", PaperText.Amount(repayment.TotalBalance))
        );
    }

    private static IReadOnlyList<string> RowOf(ExplainedLine line) =>
        [
            line.InstallmentNumber.ToString(),
            PaperText.Day(line.DueDate),
            PaperText.Digits(line.Principal),
            PaperText.Digits(line.Interest),
            PaperText.Digits(line.Fees),
            PaperText.Digits(line.Penalty),
        ];

    private static string StandingOf(RepaymentDetails repayment)
    {
        if (repayment.VerificationStatus == "PENDING_VERIFICATION")
            return "This is no receipt. The repayment was reported; it counts when we have seen the money.";
        var ending =
            repayment.IsReversed ? "reversed"
            : repayment.IsWithdrawn ? "withdrawn"
            : "rejected";
        return $"This is no receipt. The repayment was {ending}: {repayment.RejectionReason}";
    }
}
