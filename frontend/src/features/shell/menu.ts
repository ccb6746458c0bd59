/** What the menu leads to, each with the permission the service asks for there. */

export const MENU = [
  {
    group: "registry",
    items: [
      { name: "students", to: "/students", needs: "students:read" },
      { name: "progress", to: "/progress", needs: "progress:read" },
      { name: "colleges", to: "/colleges", needs: "colleges:read" },
      { name: "programmes", to: "/programmes", needs: "programmes:read" },
      { name: "courses", to: "/courses", needs: "courses:read" },
      { name: "trainingPlans", to: "/training-plans", needs: "training_plans:read" },
      { name: "courseGrades", to: "/course-grades", needs: "course_grades:read" },
      { name: "teachers", to: "/teachers", needs: "teachers:read" },
      { name: "ownTeacher", to: "/own-teacher", needs: "own_teacher:read" },
      { name: "seedTeachers", to: "/seed-teachers", needs: "seed_teachers:read" },
      { name: "trainingConsortia", to: "/training-consortia", needs: "training_consortia:read" },
      { name: "qualifications", to: "/teacher-qualifications", needs: "qualifications:read" },
      { name: "imports", to: "/imports", needs: "imports:read" },
    ],
  },
  {
    group: "certificates",
    items: [
      { name: "certificates", to: "/certificates", needs: "certificates:read" },
      { name: "reviews", to: "/reviews", needs: "reviews:read" },
      { name: "participations", to: "/participations", needs: "participations:read" },
      { name: "collectionRounds", to: "/collection-rounds", needs: "collection_rounds:read" },
      { name: "mappings", to: "/mappings", needs: "mappings:read" },
      { name: "policyLimits", to: "/policy-limits", needs: "policy_limits:read" },
      { name: "showcaseFindings", to: "/showcase-findings", needs: "showcase_findings:read" },
      { name: "analytics", to: "/analytics", needs: "analytics:read" },
      { name: "scorecards", to: "/scorecards", needs: "scorecards:read" },
      { name: "feedback", to: "/feedback", needs: "feedback:read" },
      { name: "policyDocuments", to: "/policy-documents", needs: "policy_documents:read" },
      { name: "typicalCases", to: "/typical-cases", needs: "typical_cases:read" },
      { name: "bulletins", to: "/bulletins", needs: "bulletins:read" },
      { name: "sites", to: "/sites", needs: "sites:read" },
    ],
  },
  {
    group: "exams",
    items: [
      { name: "ownSittings", to: "/own-sittings", needs: "own_teacher:read" },
      { name: "examPlans", to: "/exam-plans", needs: "exam_plans:read" },
      { name: "registrations", to: "/registrations", needs: "registrations:read" },
      { name: "examIncidents", to: "/exam-incidents", needs: "exam_incidents:read" },
      { name: "jointExams", to: "/joint-exams", needs: "joint_exams:read" },
      { name: "results", to: "/results", needs: "results:read" },
      { name: "resultUploads", to: "/result-uploads", needs: "result_uploads:read" },
      { name: "quarantine", to: "/quarantine", needs: "quarantine:read" },
      { name: "objections", to: "/result-objections", needs: "result_objections:read" },
      { name: "corrections", to: "/corrections", needs: "corrections:read" },
      { name: "awards", to: "/awards", needs: "awards:read" },
      { name: "reissues", to: "/award-reissues", needs: "awards:read" },
      { name: "numberPatterns", to: "/number-patterns", needs: "number_patterns:read" },
      { name: "numberClashes", to: "/number-clashes", needs: "number_clashes:read" },
      { name: "socialClasses", to: "/social-classes", needs: "social_classes:read" },
      { name: "workload", to: "/workload", needs: "workload:read" },
    ],
  },
  {
    group: "credits",
    items: [
      { name: "accounts", to: "/credit-accounts", needs: "credit_accounts:read" },
      { name: "conversions", to: "/conversions", needs: "conversions:read" },
      { name: "outcomes", to: "/outcomes", needs: "outcomes:read" },
      { name: "creditPolicies", to: "/credit-policies", needs: "conversion_policies:read" },
      { name: "ledger", to: "/ledger", needs: "ledger:read" },
    ],
  },
  {
    group: "training",
    items: [
      { name: "ownTraining", to: "/own-training", needs: "training:answer" },
      { name: "trainingProjects", to: "/training-projects", needs: "training:read" },
      { name: "trainingCycles", to: "/training-cycles", needs: "training:read" },
      { name: "outsideTrainings", to: "/outside-trainings", needs: "training:read" },
      { name: "teacherCertificates", to: "/teacher-certificates", needs: "training:read" },
      { name: "trainingRequirements", to: "/training-requirements", needs: "training:read" },
    ],
  },
  {
    group: "fees",
    items: [
      { name: "feeStandards", to: "/fee-standards", needs: "fee_standards:read" },
      { name: "feeCeilings", to: "/fee-ceilings", needs: "fee_ceilings:read" },
      { name: "costSheets", to: "/cost-sheets", needs: "cost_sheets:read" },
      { name: "costComparisons", to: "/cost-comparisons", needs: "cost_sheets:compare" },
      { name: "charges", to: "/charges", needs: "charges:read" },
      { name: "chargeRules", to: "/charge-rules", needs: "charge_rules:read" },
      { name: "paymentCallbacks", to: "/payment-callbacks", needs: "payments:confirm" },
      { name: "guaranteeForecast", to: "/guarantee-forecast", needs: "guarantee_forecasts:read" },
      { name: "settlements", to: "/settlements", needs: "settlements:read" },
      { name: "feeReports", to: "/fee-reports", needs: "fee_reports:read" },
    ],
  },
  {
    group: "reporting",
    items: [
      { name: "reports", to: "/reports", needs: "reports:read" },
      { name: "reportTypes", to: "/report-types", needs: "reports:read" },
      { name: "feedRecords", to: "/feed-records", needs: "feed_records:read" },
    ],
  },
  {
    group: "supervision",
    items: [
      { name: "collegeAssessments", to: "/college-assessments", needs: "college_assessments:read" },
      { name: "collegeSchemes", to: "/college-schemes", needs: "college_assessments:read" },
      { name: "supervisionFindings", to: "/supervision-findings", needs: "supervision_findings:read" },
    ],
  },
  {
    group: "guidance",
    items: [
      { name: "pilotProblems", to: "/pilot-problems", needs: "pilot_problems:read" },
      { name: "consultations", to: "/consultations", needs: "consultations:read" },
      { name: "followUps", to: "/follow-ups", needs: "consultations:read" },
      { name: "outsideParties", to: "/outside-parties", needs: "consultations:read" },
      { name: "surveys", to: "/surveys", needs: "consultations:read" },
      { name: "outreach", to: "/outreach", needs: "guidance:read" },
    ],
  },
  {
    group: "organisation",
    items: [
      { name: "posts", to: "/posts", needs: "college_posts:read" },
      { name: "workingGroups", to: "/working-groups", needs: "working_groups:read" },
      { name: "leadUnits", to: "/lead-units", needs: "lead_units:read" },
      { name: "pilotSessions", to: "/pilot-sessions", needs: "pilot_sessions:read" },
    ],
  },
  {
    group: "platform",
    items: [
      { name: "people", to: "/people", needs: "people:read" },
      { name: "clients", to: "/machine-clients", needs: "clients:read" },
      { name: "hooks", to: "/webhook-endpoints", needs: "webhooks:manage" },
      { name: "organisations", to: "/organisations", needs: "organisations:read" },
      { name: "audit", to: "/audit", needs: "audit:read" },
      { name: "logs", to: "/logs", needs: "me:read" },
      { name: "jobs", to: "/jobs", needs: "jobs:read" },
    ],
  },
] as const;

export type Entry = (typeof MENU)[number]["items"][number];
export const ENTRIES: readonly Entry[] = MENU.flatMap((it) => [...it.items] as Entry[]);
