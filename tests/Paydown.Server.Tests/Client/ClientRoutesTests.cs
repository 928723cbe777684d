using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Paydown.Client;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Client;

/// <summary>The client is complete: each route has a call, each field a property.</summary>
public sealed class ClientRoutesTests
{
    // What each body is made of.
    private static readonly Dictionary<string, Type> Sent = new()
    {
        ["securitymanagement/login"] = typeof(Credentials),
        ["securitymanagement/logout"] = typeof(RefreshSecret),
        ["securitymanagement/refresh-token"] = typeof(RefreshSecret),
        [Routes.ForgotPassword.Path] = typeof(ForgottenPassword),
        [Routes.ResetPassword.Path] = typeof(PasswordByToken),
        [Routes.AcceptInvitation.Path] = typeof(PasswordByToken),
        [Routes.ConfirmEmail.Path] = typeof(TokenGiven),
        [Routes.ChangePassword.Path] = typeof(PasswordChange),
        [Routes.SetUpSecondFactor.Path] = typeof(PasswordGiven),
        [Routes.ConfirmSecondFactor.Path] = typeof(CodeGiven),
        [Routes.RenewRecoveryCodes.Path] = typeof(PasswordGiven),
        [Routes.RemoveSecondFactor.Path] = typeof(PasswordGiven),
        [Routes.ChangeBank.Path] = typeof(BankDefinition),
        [Routes.AddToBlacklist.Path] = typeof(NewBlacklistEntry),
        [Routes.InviteStaff.Path] = typeof(StaffDefinition),
        [Routes.ChangeStaff.Path] = typeof(StaffDefinition),
        [Routes.RegisterCustomer.Path] = typeof(NewCustomer),
        [Routes.CreateApiToken.Path] = typeof(ApiTokenOrder),
        [Routes.RepayLoan.Path] = typeof(RepaymentReport),
        [Routes.PayoffLoan.Path] = typeof(PayoffRequest),
        [Routes.CreateBankAccount.Path] = typeof(NewBankAccount),
        [Routes.RequestLoan.Path] = typeof(NewApplication),
        [Routes.ApproveApplication.Path] = typeof(ApprovedTerms),
        [Routes.RejectApplication.Path] = typeof(ReasonGiven),
        [Routes.SendOffer.Path] = typeof(OfferWanted),
        [Routes.DisburseLoan.Path] = typeof(DisbursementWanted),
        [Routes.CancelForOfficer.Path] = typeof(ReasonGiven),
        [Routes.TransferFunds.Path] = typeof(TransferOrder),
        [Routes.SetTransactionPin.Path] = typeof(NewTransactionPin),
        [Routes.VerifyRepayment.Path] = typeof(RepaymentCorrection),
        [Routes.RecordRepayment.Path] = typeof(NewRepayment),
        [Routes.ApplyCharge.Path] = typeof(NewCharge),
        [Routes.RejectRepayment.Path] = typeof(ReasonGiven),
        [Routes.ReverseRepayment.Path] = typeof(ReasonGiven),
        [Routes.SetThirdPartyCollection.Path] = typeof(CollectionWanted),
        [Routes.CreateProduct.Path] = typeof(ProductDefinition),
        [Routes.PreviewProduct.Path] = typeof(ProductTrialWanted),
        [Routes.ChangeProduct.Path] = typeof(ProductChange),
        [Routes.ChangeProductQuestions.Path] = typeof(QuestionsChange),
        [Routes.ChangeOrganisation.Path] = typeof(OrganisationSettings),
        [Routes.ChangeArrearsPolicy.Path] = typeof(ArrearsPolicyChange),
        [Routes.AddCollectionAccount.Path] = typeof(NewCollectionAccount),
        [Routes.ChangeCollectionAccount.Path] = typeof(CollectionAccountChange),
        [Routes.AssignPayment.Path] = typeof(PaymentAssignment),
        [Routes.JoinPayment.Path] = typeof(PaymentJoin),
        [Routes.BookBankEntry.Path] = typeof(BankEntryBooking),
        [Routes.IgnorePayment.Path] = typeof(ReasonGiven),
        [Routes.ReturnPayment.Path] = typeof(PaymentReturn),
        [Routes.RemitPayment.Path] = typeof(PaymentRemittance),
        [Routes.AddCollector.Path] = typeof(NewCollector),
        [Routes.ChangeCollector.Path] = typeof(CollectorChange),
        [Routes.BookCollection.Path] = typeof(CollectionDecision),
        [Routes.DiscardCollection.Path] = typeof(ReasonGiven),
        [Routes.UndoBankEntry.Path] = typeof(ReasonGiven),
        [Routes.WaiveDebt.Path] = typeof(NewWaiver),
        [Routes.RefundOverpayment.Path] = typeof(OverpaymentRefund),
        [Routes.WriteOffLoan.Path] = typeof(ReasonGiven),
        [Routes.UndoAct.Path] = typeof(ReasonGiven),
        [Routes.RescheduleLoan.Path] = typeof(Rescheduling),
        [Routes.ReAgeLoan.Path] = typeof(ReAging),
        [Routes.ReAmortizeLoan.Path] = typeof(ReAmortization),
        [Routes.PauseInterest.Path] = typeof(InterestPause),
        [Routes.PauseArrears.Path] = typeof(ArrearsPause),
        [Routes.ResumeArrears.Path] = typeof(ArrearsResumption),
        [Routes.TerminateContract.Path] = typeof(ContractTermination),
        [Routes.ChargeOffLoan.Path] = typeof(ChargingOff),
        [Routes.AdjustCharge.Path] = typeof(ChargeCredit),
        [Routes.WaiveInterest.Path] = typeof(InterestCredit),
        [Routes.UndoDisbursement.Path] = typeof(PayoutUndoing),
        [Routes.StartEndOfDay.Path] = typeof(DayWanted),
        [Routes.ChooseNotices.Path] = typeof(NoticesDeclined),
        [Routes.ChangeNoticeRule.Path] = typeof(NoticeRuleChange),
        [Routes.CreateWebhook.Path] = typeof(WebhookOrder),
        [Routes.ChangeWebhook.Path] = typeof(WebhookChange),
        [Routes.RotateWebhookSecret.Path] = typeof(SecretRotation),
        [Routes.ReplayEvents.Path] = typeof(EventReplay),
    };

    private static JsonNode Document =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "docs/openapi.json")))!;

    [Fact]
    public async Task The_client_has_exactly_the_routes_of_the_document()
    {
        var described = (await Isolation.Operation.AllAsync()).Select(operation =>
            $"{operation.Method} {operation.Path["/api/v1/services/".Length..]}"
        );
        var called = Fields()
            .Select(field => (Route)field.GetValue(null)!)
            .Concat(Routes.Aliases.Select(pair => pair.Alias))
            .Select(route => $"{route.Method} {route.Path}");

        called.Order().ShouldBe(described.Order());
    }

    [Fact]
    public void Every_route_is_used_by_a_call()
    {
        var calls = string.Join(
            '\n',
            Repository.Files("src/Paydown.Client", "Calls.cs", "Session.cs").Select(file => file.Text)
        );
        foreach (var field in Fields())
            calls.ShouldContain($"Routes.{field.Name}");
    }

    [Fact]
    public void Every_field_of_a_request_has_a_property()
    {
        var schemas = new DocumentSchemas(Document.AsObject());
        foreach (var (path, operations) in Document["paths"]!.AsObject())
        {
            if (!path.StartsWith("/api/v1/services/"))
                continue;
            foreach (var (_, operation) in operations!.AsObject())
            {
                if (operation!["requestBody"] is not { } body)
                    continue;
                // A file has no fields.
                if (schemas.Resolve(body)["content"]!["application/json"] is not { } json)
                    continue;
                var schema = json["schema"]!;
                Sent.ShouldContainKey(path["/api/v1/services/".Length..]);
                // The client relies on TLS and never encrypts a password itself.
                schema["properties"]!
                    .AsObject()
                    .Select(field => field.Key)
                    .Except(["payloadEncrypted"])
                    .Order()
                    .ShouldBe(Sent[path["/api/v1/services/".Length..]].GetProperties().Select(NameOf).Order(), path);
            }
        }
    }

    private static IEnumerable<FieldInfo> Fields() =>
        typeof(Routes)
            .GetFields(BindingFlags.Static | BindingFlags.Public)
            .Where(field => field.FieldType == typeof(Route));

    private static string NameOf(PropertyInfo property) =>
        property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name
        ?? JsonNamingPolicy.CamelCase.ConvertName(property.Name);
}
