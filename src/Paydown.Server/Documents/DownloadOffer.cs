using System.Globalization;
using Npgsql;
using Paydown.Lending.Applications;
using Paydown.Lending.Outcomes;
using Paydown.Server.Applications;
using Paydown.Server.Organisations;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Pdf;
using Paydown.Server.Products;

namespace Paydown.Server.Documents;

/// <summary>
/// Writes the last offer of an application with its full cost and schedule. Figures of an open offer assume a payout
/// today, as the list of offers does; those of any other, a payout on the day it was sent.
/// </summary>
public sealed class DownloadOffer(NpgsqlDataSource database, OrganisationDirectory organisations, TimeProvider time)
    : IUseCase
{
    private static readonly PaperColumn[] Columns =
    [
        new("No.", 2, IsAmount: false),
        new("Due", 4, IsAmount: false),
        new("Installment", 4),
        new("Principal", 4),
        new("Interest", 4),
        new("Fees", 4),
        new("Principal left", 4),
    ];

    public static Contract Contract { get; } =
        new Contract("Download the offer of an application as PDF")
            .ReturnsFile()
            .Refuses(Refusals.NotFound("loan application"), Refusals.NotFound("offer"));

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var organisation = await organisations.GetAsync(call.Caller.OrganisationId, call.Cancellation);
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var id = call.Path(DocumentRoutes.LoanApplicationId);
        var stored = call.Caller.IsOfficer
            ? await ApplicationStore.FindInOrganisationAsync(
                connection,
                organisation.Id,
                id,
                forUpdate: false,
                call.Cancellation
            )
            : await ApplicationStore.FindAsync(
                connection,
                call.Caller.CustomerId,
                id,
                forUpdate: false,
                call.Cancellation
            );
        if (stored is null)
            return Answer.Refused(Refusals.NotFound("loan application"));
        if (stored.Offer is not { } sent)
            return Answer.Refused(Refusals.NotFound("offer"));
        var isOpen = stored.StatusAt(time.GetUtcNow()) == ApplicationStatus.OfferSent;
        var sentOn = TimeZoneInfo.ConvertTime(sent.SentAt, organisation.TimeZone).DateTime;
        var offer = OpenOffer.Of(stored, isOpen ? organisation.Today(time) : DateOnly.FromDateTime(sentOn));
        using var paper = Write(stored, offer, organisation);
        return PaperText.Send(paper, $"offer-{offer.ScheduleIfPaidOutOn:yyyy-MM-dd}-{stored.Id}.pdf");
    }

    private static Paper Write(StoredApplication stored, OpenOffer offer, Organisation organisation)
    {
        var paper = new Paper(PaperSize.A4, "Loan offer", organisation.Name, stored.Offer!.SentAt);
        paper.Facts(
            ("Customer", stored.CustomerName),
            ("Loan", offer.ProductName),
            ("Loan amount", PaperText.Amount(offer.OfferedAmount)),
            ("You receive", PaperText.Amount(offer.AdvancedAmount)),
            ("Interest rate", $"{Percent(offer.InterestRate)} per year"),
            ("Total cost as a yearly rate (APR)", Percent(offer.AnnualPercentageRate)),
            ("Installments", $"{offer.LoanDuration} × {PaperText.Amount(offer.InstallmentAmount)}"),
            ("You repay in all", PaperText.Amount(offer.TotalRepaymentAmount)),
            ("The loan costs you", PaperText.Amount(offer.TotalCost)),
            ("Offer sent on", PaperText.Instant(stored.Offer.SentAt, organisation)),
            ("Offer ends on", PaperText.Instant(offer.ExpiresAt, organisation)),
            ("Figures if paid out on", PaperText.Day(offer.ScheduleIfPaidOutOn))
        );
        if (offer.Fees.Count > 0)
        {
            paper.Heading("Fees");
            paper.Facts([
                .. offer.Fees.Select(fee =>
                    (fee.Name, (string?)$"{PaperText.Amount(fee.Amount)} ({PaperText.Word(fee.Charged)})")
                ),
            ]);
        }

        paper.Heading("Schedule");
        paper.Table(Columns, [.. offer.Schedule.Select(RowOf)]);
        PaperText.Contact(paper, organisation);
        return paper;
    }

    private static IReadOnlyList<string> RowOf(OpenOfferRow row) =>
        [
            row.InstallmentNumber.ToString(),
            PaperText.Day(row.DueDate),
            PaperText.Digits(row.InstallmentAmount),
            PaperText.Digits(row.PrincipalAmount),
            PaperText.Digits(row.InterestAmount),
            PaperText.Digits(row.FeesAmount),
            PaperText.Digits(row.PrincipalBalance),
        ];

    private static string Percent(decimal rate) => rate.ToString("0.######", CultureInfo.InvariantCulture) + " %";
}
