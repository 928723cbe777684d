using System.Globalization;
using Paydown.Client;
using Paydown.Pages.Web;

namespace Paydown.Pages.Office;

/// <summary>The settings of the lender.</summary>
public sealed record OrganisationModel(Organisation Organisation, ArrearsPolicy Arrears);

/// <summary>Shows and changes the settings of the lender.</summary>
internal static class OrganisationPage
{
    public static async Task<PageAnswer> ShowAsync(PageCall call)
    {
        var arrears = call.Api.Organisation.GetArrearsPolicyAsync(call.Cancelled);
        var organisation = await call.Api.Organisation.GetAsync(call.Cancelled);
        var model = new OrganisationModel(organisation, await arrears);
        return PageAnswer.Show<OrganisationView, OrganisationModel>("Organisation", model);
    }

    public static async Task<PageAnswer> PostAsync(PageCall call)
    {
        var form = call.Form;
        if (form.Act == "arrears")
            return await ChangeArrearsAsync(call);
        var settings = new OrganisationSettings
        {
            Version = form.Whole("version"),
            FourEyesAbove = form.AmountOrNull("fourEyesAbove"),
            WithdrawalFee = form.Amount("withdrawalFee"),
            AsksTransactionPin = form.IsTicked("asksTransactionPin"),
            RequiresSecondFactor = form.IsTicked("requiresSecondFactor"),
            AccrualPosting = form.Word<AccrualPosting>("accrualPosting"),
            ClosingTime = form.TextOrNull("closingTime"),
            QuietFrom = form.TextOrNull("quietFrom"),
            QuietUntil = form.TextOrNull("quietUntil"),
            TermsAndConditions = form.Required("termsAndConditions", "Enter the terms."),
            ContactInformation = new()
            {
                Email = form.Required("contactInformation.email", "Enter an e-mail address."),
                Phone = form.Required("contactInformation.phone", "Enter a phone number."),
                Hours = form.Required("contactInformation.hours", "Say when the phone is answered."),
            },
        };
        form.ThrowIfWrong();
        var changed = await call.Api.Organisation.ChangeAsync(settings, form.Key, call.Cancelled);
        return Done(changed.AwaitedApproval is not null);
    }

    private static async Task<PageAnswer> ChangeArrearsAsync(PageCall call)
    {
        var form = call.Form;
        var change = new ArrearsPolicyChange
        {
            Version = form.Whole("version"),
            Buckets = [.. Numbers(form, "buckets").Select(number => (int)number)],
            NonAccrualAfterDays = form.WholeOrNull("nonAccrualAfterDays"),
            ProvisionRates = form.TextOrNull("provisionRates") is null ? null : [.. Numbers(form, "provisionRates")],
        };
        form.ThrowIfWrong();
        await call.Api.Organisation.ChangeArrearsPolicyAsync(change, form.Key, call.Cancelled);
        return Done(isAwaited: false);
    }

    private static List<decimal> Numbers(PageForm form, string name)
    {
        var numbers = new List<decimal>();
        foreach (var word in form.Text(name).Split([',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (decimal.TryParse(word, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
                numbers.Add(number);
            else
                form.Refuse(name, $"“{word}” is not a number.");
        }

        return numbers;
    }

    private static PageAnswer Done(bool isAwaited) =>
        PageAnswer.Go($"/office/settings/organisation?done={(isAwaited ? "second" : "ok")}");
}
